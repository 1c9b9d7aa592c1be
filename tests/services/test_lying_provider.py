"""What a provider may not tell: each answer here would sign somebody in if it were believed."""

import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlmodel import select

from models.identities import Identity
from models.people import Person
from services import back_channel, db, identities, installation, providers, sign_in
from services.access import Actor
from services.provider_settings import ProviderSettings
from services.providers import LOGOUT_EVENT, SignInRefused
from services.sign_in import Visitor
from tests import make
from tests.oidc import CLIENT_ID, CLIENT_SECRET
from tests.oidc.lying import SHARED, STRANGE_KEY, LyingProvider, lying
from tests.services.provided import APP

Lie = Callable[[LyingProvider], None]


@pytest.fixture
def eve(database: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[LyingProvider]:
    with lying() as provider:
        trusted = ProviderSettings(name="Eve", issuer=provider.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
        told = {"oidc_providers": [trusted], "base_url": APP}
        monkeypatch.setattr(installation, "_settings", installation.settings().model_copy(update=told))
        yield provider
        providers._provider.cache_clear()


def signs_in(provider: LyingProvider, **query: str) -> Actor:
    begun = identities.begin("eve", "")
    done = identities.finish(begun.token, provider.query(begun.address) | query, Visitor(), None)
    return sign_in.who(done.token)


def without_signature(token: str) -> str:
    return token.rpartition(".")[0] + "."


def bent(token: str) -> str:
    """One character of what the token says is another one."""
    head, body, signature = token.split(".")
    return f"{head}.{body[:9]}{'A' if body[9] != 'A' else 'B'}{body[10:]}.{signature}"


def tells(**changes: Any) -> Lie:
    def lie(provider: LyingProvider) -> None:
        for name, value in changes.items():
            mine = getattr(provider, name)
            setattr(provider, name, mine | value if isinstance(mine, dict) else value)

    return lie


UNSIGNED = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
LIES: dict[str, Lie] = {
    "a token for another client": tells(claims={"aud": "another"}),
    "a token for another client, authorized for us": tells(claims={"aud": "another", "azp": CLIENT_ID}),
    "a token for many clients without saying which": tells(claims={"aud": [CLIENT_ID, "another"]}),
    "a token of another issuer": tells(claims={"iss": "https://id.example.gov"}),
    "a token that has expired": tells(claims={"exp": int(time.time()) - 600}),
    "a token of tomorrow": tells(claims={"iat": int(time.time()) + 86_400}),
    "a token without an end": tells(claims={"exp": None}),
    "a token without a subject": tells(claims={"sub": None}),
    "a token without our nonce": tells(claims={"nonce": None}),
    "a token with another nonce": tells(claims={"nonce": "another"}),
    "a token signed by a strange key": tells(key=STRANGE_KEY, header={"kid": "strange"}),
    "a token signed by a strange key under the right name": tells(key=STRANGE_KEY),
    "a token signed with the secret that we share": tells(key=SHARED, header={"alg": "HS256"}),
    "a token without a signature": tells(tokens=lambda token: f"{UNSIGNED}.{token.split('.')[1]}."),
    "a token whose signature was cut off": tells(tokens=without_signature),
    "a token that was bent": tells(tokens=bent),
    "no token": tells(tokens=lambda _: ""),
    "an access token that is not the token's": tells(claims={"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
    "more about somebody else": tells(userinfo={"sub": "mallory", "email": "ann.ames@example.org"}),
    "a discovery document of another issuer": tells(metadata={"issuer": "https://id.example.gov"}),
    "a token endpoint in the clear": tells(metadata={"token_endpoint": "http://id.example.gov/token"}),
    "no keys": tells(metadata={"jwks_uri": None}),
}


def test_when_it_is_honest_it_signs_in(eve: LyingProvider) -> None:
    eve.userinfo = {"sub": "eve", "name": "Eve Adams", "email": "eve@example.org", "email_verified": True}
    assert signs_in(eve).name == "Eve Adams"
    with db.reading() as session:
        assert session.exec(select(Person.email)).all() == ["eve@example.org"]


@pytest.mark.parametrize("lie", LIES)
def test_nobody_is_signed_in_by(eve: LyingProvider, lie: str) -> None:
    make.person("Ann Ames")
    LIES[lie](eve)
    with pytest.raises(SignInRefused, match="cannot be trusted"):
        signs_in(eve)
    with db.reading() as session:
        assert session.exec(select(Identity)).all() == []


def test_the_answer_of_another_provider_is_refused(eve: LyingProvider) -> None:
    with pytest.raises(SignInRefused, match="cannot be trusted"):
        signs_in(eve, iss="https://id.example.gov")
    eve.metadata["authorization_response_iss_parameter_supported"] = True
    providers._provider.cache_clear()
    with pytest.raises(SignInRefused, match="cannot be trusted"):
        signs_in(eve)
    assert signs_in(eve, iss=eve.issuer)


def test_a_provider_that_says_no_or_nothing_is_told_in_a_sentence(eve: LyingProvider) -> None:
    with pytest.raises(SignInRefused, match="Eve did not sign you in"):
        signs_in(eve, error="access_denied", error_description="<b>no</b>")
    providers._provider.cache_clear()
    eve.down = True
    with pytest.raises(SignInRefused, match="Eve does not answer at the moment"):
        identities.begin("eve", "")


def test_entra_says_in_its_own_way_that_an_address_is_verified() -> None:
    def known(issuer: str, **claims: object) -> bool:
        return providers._is_verified(ProviderSettings(name="One", issuer=issuer, client_id="aspen"), claims)

    entra, other = "https://login.microsoftonline.com/0000/v2.0", "https://id.example.gov"
    assert known(entra, xms_edov=True) and known(entra, xms_edov="1") and known(entra, xms_edov=1)
    assert not known(entra, xms_edov=False) and not known(entra) and not known(other, xms_edov=True)
    assert not known(entra, xms_edov=True, email_verified=False)


def logout_token(eve: LyingProvider, **claims: Any) -> str:
    return eve.token(**({"jti": "1", "events": {LOGOUT_EVENT: {}}} | claims))


def test_a_provider_ends_the_sessions_that_came_by_it_and_no_others(eve: LyingProvider) -> None:
    eve.claims = {"sid": "tablet"}
    tablet = signs_in(eve)
    eve.claims = {"sid": "desk"}
    desk = signs_in(eve)
    elsewhere = sign_in.who(sign_in.begin(desk.person_id))
    assert back_channel.log_out(logout_token(eve, sid="tablet")) == 1
    assert {line.token_hash for line in sign_in.sessions_of(desk)} == {desk.token_hash, elsewhere.token_hash}
    assert back_channel.log_out(logout_token(eve, sub=None, sid="desk")) == 1
    signs_in(eve)
    assert back_channel.log_out(logout_token(eve)) == 1
    assert [line.token_hash for line in sign_in.sessions_of(elsewhere)] == [elsewhere.token_hash]
    assert tablet.person_id == desk.person_id


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "https://id.example.gov"},
        {"iat": int(time.time()) - 600},
        {"exp": int(time.time()) - 600},
        {"events": {}},
        {"events": None},
        {"nonce": "a nonce"},
        {"jti": None},
        {"sub": None},
    ],
)
def test_a_logout_token_is_refused_with(eve: LyingProvider, claims: dict[str, Any]) -> None:
    actor = signs_in(eve)
    with pytest.raises(SignInRefused):
        back_channel.log_out(logout_token(eve, **claims))
    assert sign_in.sessions_of(actor)


def test_a_sign_in_token_or_nonsense_logs_nobody_out(eve: LyingProvider) -> None:
    actor = signs_in(eve)
    unsigned = without_signature(logout_token(eve))
    eve.key = STRANGE_KEY
    for token in ("", "a.b.c", "é", "." * 5, eve.token(), logout_token(eve), unsigned):
        with pytest.raises(SignInRefused):
            back_channel.log_out(token)
    assert sign_in.sessions_of(actor)
