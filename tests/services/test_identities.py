"""Signing in by a real OpenID Connect provider: whom an account signs in, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pytest
from sqlmodel import col, select

from models.audit import AuditLine
from models.errors import NotFound, WrongState
from models.identities import ATTEMPT, Identity, SignInAttempt
from models.people import Person
from services import clock, db, identities, sign_in
from services.access import Actor
from services.identities import STALE
from services.providers import SignInRefused
from services.sign_in import Visitor
from tests import make
from tests.services.provided import SignsIn

HERE = Visitor("Firefox on Windows", "192.0.2.7")


def person(person_id: int) -> Person:
    with db.reading() as session:
        return session.get_one(Person, person_id)


def owners() -> list[int]:
    with db.reading() as session:
        return list(session.exec(select(Identity.person_id).order_by(col(Identity.id))))


def changed(address: str, **swapped: str) -> str:
    """The address with other values in its query."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | swapped)))


def test_a_verified_address_leads_to_the_person_who_is_known_by_it(signs_in: SignsIn) -> None:
    maria = make.person("Maria Delgado", email="Maria.Delgado@example.org")
    begun = identities.begin("practice", "/ce/credits")
    done = identities.finish(begun.token, signs_in.provider.sign_in(begun.address, "maria"), HERE, None)
    actor = sign_in.who(done.token)
    assert (actor.person_id, actor.is_new, done.target) == (maria.person_id, False, "/ce/credits")
    (line,) = sign_in.sessions_of(actor)
    assert (line.device, line.address, line.is_this) == ("Firefox on Windows", "192.0.2.7", True)
    assert signs_in("maria").person_id == maria.person_id
    assert owners() == [maria.person_id]


def test_an_account_stays_its_persons_when_its_address_changes(signs_in: SignsIn) -> None:
    maria = make.person("Maria Delgado", email="maria.delgado@example.org")
    signs_in("maria")
    other = make.person("Somebody Else", email="maria.new@example.org")
    signs_in.provider.add("maria", email="maria.new@example.org", email_verified=True, given_name="Maria")
    assert signs_in("maria").person_id == maria.person_id != other.person_id


def test_somebody_new_gets_a_record_and_is_asked_who_she_is(signs_in: SignsIn) -> None:
    actor = signs_in("newcomer")
    found = person(actor.person_id)
    assert actor.is_new
    assert (found.first_name, found.last_name, found.email) == ("Winona", "Littlejohn", "winona.littlejohn@example.org")


def test_an_address_that_is_not_verified_links_to_nobody_and_is_not_kept(signs_in: SignsIn) -> None:
    ken = make.person("Ken Sorensen", email="ken.sorensen@example.org")
    actor = signs_in("unverified")
    assert actor.person_id != ken.person_id
    assert person(actor.person_id).email is None


@pytest.mark.parametrize("said", ["yes", 1.5, "TRUE", None, ["true"], {}])
def test_only_a_plain_yes_of_the_provider_counts_as_verified(signs_in: SignsIn, said: object) -> None:
    make.person("Ken Sorensen", email="ken.sorensen@example.org")
    signs_in.provider.add("odd", email="ken.sorensen@example.org", email_verified=said, name="Odd Answer")
    actor = signs_in("odd")
    assert (actor.name, person(actor.person_id).email) == ("Odd Answer", None)


def test_an_address_that_changed_hands_does_not_open_the_former_owners_record(signs_in: SignsIn) -> None:
    ken = make.person("Ken Sorensen", email="ken.sorensen@example.org")
    assert signs_in("ken").person_id == ken.person_id
    signs_in.provider.add("kendra", email="ken.sorensen@example.org", email_verified=True, name="Kendra Sorensen")
    heir = signs_in("kendra")
    assert heir.person_id != ken.person_id
    assert (person(heir.person_id).email, heir.is_new) == (None, True)


def test_a_closed_record_is_not_opened_and_nobody_is_signed_in(signs_in: SignsIn) -> None:
    ken = make.person("Ken Sorensen", email="ken.sorensen@example.org")
    with db.writing() as session:
        session.get_one(Person, ken.person_id).deactivated_at = clock.now()
    with pytest.raises(SignInRefused, match="Your record here is closed"):
        signs_in("ken")
    assert owners() == []


def test_of_eight_first_sign_ins_at_once_one_makes_the_person(signs_in: SignsIn) -> None:
    begun = [identities.begin("practice", "") for _ in range(8)]
    queries = [signs_in.provider.sign_in(one.address, "newcomer") for one in begun]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda one: identities.finish(one[0].token, one[1], HERE, None),
                             zip(begun, queries, strict=True)))  # fmt: skip
    assert len({one.person_id for one in done}) == 1
    assert owners() == [done[0].person_id]


def test_the_same_answer_a_second_time_is_refused(signs_in: SignsIn) -> None:
    begun = identities.begin("practice", "")
    query = signs_in.provider.sign_in(begun.address, "newcomer")
    identities.finish(begun.token, query, HERE, None)
    with pytest.raises(SignInRefused) as refusal:
        identities.finish(begun.token, query, HERE, None)
    assert str(refusal.value) == STALE


def test_of_sixteen_that_bring_the_same_answer_at_once_one_is_signed_in(signs_in: SignsIn) -> None:
    begun = identities.begin("practice", "")
    query = signs_in.provider.sign_in(begun.address, "newcomer")

    def bring(_: int) -> bool:
        try:
            identities.finish(begun.token, query, HERE, None)
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(bring, range(16))) == 1


def test_an_answer_brought_by_another_browser_is_refused(signs_in: SignsIn) -> None:
    """Else a link could sign somebody in to the account of whoever sent it."""
    attacker, victim = identities.begin("practice", ""), identities.begin("practice", "")
    query = signs_in.provider.sign_in(attacker.address, "ken")
    for cookie in (None, "", "made up", victim.token):
        with pytest.raises(SignInRefused, match="another window"):
            identities.finish(cookie, query, HERE, None)


def test_an_attempt_holds_for_a_quarter_of_an_hour_and_is_then_forgotten(signs_in: SignsIn) -> None:
    begun = identities.begin("practice", "")
    query = signs_in.provider.sign_in(begun.address, "newcomer")
    clock.fix(make.NOON + ATTEMPT)
    with pytest.raises(SignInRefused, match="too long ago"):
        identities.finish(begun.token, query, HERE, None)
    clock.fix(make.NOON + timedelta(hours=2))
    identities.begin("practice", "")
    with db.reading() as session:
        assert len(session.exec(select(SignInAttempt)).all()) == 1


@pytest.mark.parametrize("swapped", ["nonce", "code_challenge"])
def test_what_was_exchanged_on_the_way_to_the_provider_is_noticed(signs_in: SignsIn, swapped: str) -> None:
    begun = identities.begin("practice", "")
    address = changed(begun.address, **{swapped: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"})
    with pytest.raises(SignInRefused, match="cannot be trusted"):
        identities.finish(begun.token, signs_in.provider.sign_in(address, "newcomer"), HERE, None)
    assert owners() == []


def test_an_answer_with_another_state_is_refused(signs_in: SignsIn) -> None:
    begun = identities.begin("practice", "")
    query = signs_in.provider.sign_in(changed(begun.address, state="x" * 32), "newcomer")
    for state in (query["state"], "", "é"):
        with pytest.raises(SignInRefused, match="another window"):
            identities.finish(begun.token, query | {"state": state}, HERE, None)


@pytest.mark.parametrize("swapped", [{"redirect_uri": "https://evil.example/auth/callback"}, {"client_id": "other"}])
def test_the_provider_knows_where_our_answers_go(signs_in: SignsIn, swapped: dict[str, str]) -> None:
    begun = identities.begin("practice", "")
    assert httpx.get(changed(begun.address, **swapped)).status_code == 400


def test_every_attempt_has_secrets_of_its_own_and_the_browser_sees_the_challenge_only(signs_in: SignsIn) -> None:
    begun = [identities.begin("practice", "") for _ in range(5)]
    queries = [dict(parse_qsl(urlsplit(one.address).query)) for one in begun]
    for name in ("state", "nonce", "code_challenge"):
        assert len({query[name] for query in queries}) == 5
        assert min(len(query[name]) for query in queries) >= 32
    assert {query["code_challenge_method"] for query in queries} == {"S256"}
    with db.reading() as session:
        kept = session.exec(select(SignInAttempt)).all()
    assert not {one.code_verifier for one in kept} & {value for query in queries for value in query.values()}
    assert not {one.token for one in begun} & {one.token_hash for one in kept}


def test_a_person_adds_another_account_and_removes_the_first(signs_in: SignsIn) -> None:
    actor = signs_in("newcomer")
    signs_in("ruth", link=actor)
    assert owners() == [actor.person_id, actor.person_id]
    again = signs_in("ruth")
    assert again.person_id == actor.person_id
    first, second = identities.accounts_of(actor)
    assert (first.provider, first.email, second.email) == (
        "Practice", "winona.littlejohn@example.org", "ruth.ellingson@example.org")  # fmt: skip
    identities.unlink(actor, first.id)
    assert owners() == [actor.person_id]
    assert sign_in.sessions_of(again)
    with pytest.raises(WrongState, match="the only account"):
        identities.unlink(actor, second.id)


def test_nobody_removes_anothers_account_or_adds_one_that_is_taken(signs_in: SignsIn) -> None:
    winona, ruth = signs_in("newcomer"), signs_in("ruth")
    (account,) = identities.accounts_of(ruth)
    with pytest.raises(NotFound):
        identities.unlink(winona, account.id)
    with pytest.raises(SignInRefused, match="a record of its own already"):
        signs_in("ruth", link=winona)


def test_an_account_is_added_only_to_whoever_is_still_signed_in(signs_in: SignsIn) -> None:
    winona, ruth = signs_in("newcomer"), signs_in("ruth")
    for other in (None, ruth):
        begun = identities.begin("practice", "/user", winona)
        query = signs_in.provider.sign_in(begun.address, "thomas")
        with pytest.raises(SignInRefused, match="another window"):
            identities.finish(begun.token, query, HERE, other)


def test_a_provider_that_nobody_set_up_is_not_found(signs_in: SignsIn) -> None:
    with pytest.raises(NotFound):
        identities.begin("elsewhere", "")


def test_nothing_secret_of_a_sign_in_stands_in_the_audit_lines(signs_in: SignsIn) -> None:
    actor: Actor = signs_in("newcomer")
    with db.reading() as session:
        told = [(line.action, line.details) for line in session.exec(select(AuditLine).order_by(col(AuditLine.id)))]
    assert told == [("person:arrived", {"title": "Practice"}), ("session:begun", {})]
    assert actor.is_new
