"""Signing in by an account at a provider: begun, finished, and the accounts that a person has."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from models.errors import NotFound, WrongState
from models.identities import ATTEMPT, Identity, SignInAttempt
from models.people import Person
from models.sessions import SignInSession
from services import audit, clock, db, providers, sign_in
from services.access import Actor
from services.providers import Account, Provider, SignInRefused
from services.sign_in import Visitor, hashed

STALE = "This sign-in was begun in another window, or too long ago. Start again."


@dataclass(frozen=True)
class Begun:
    """The token is for the browser's cookie, the address for where it goes."""

    token: str
    address: str


@dataclass(frozen=True)
class SignedIn:
    token: str
    person_id: int
    target: str


@dataclass(frozen=True)
class AccountLine:
    """An account at a provider that signs a person in."""

    id: int
    provider: str
    email: str
    linked_at: object


def begin(provider_key: str, target: str, actor: Actor | None = None) -> Begun:
    """Sends the browser to the provider; with an actor, to add an account to hers. Raises NotFound, SignInRefused."""
    provider = providers.of_key(provider_key)
    token, now = secrets.token_urlsafe(32), clock.now()
    attempt = SignInAttempt(
        token_hash=hashed(token),
        provider=provider_key,
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        code_verifier=secrets.token_urlsafe(48),
        target=target,
        person_id=actor.person_id if actor else None,
        created_at=now,
    )
    address = provider.address(state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.code_verifier)
    with db.writing() as session:
        session.exec(delete(SignInAttempt).where(col(SignInAttempt.created_at) < now - ATTEMPT - timedelta(hours=1)))
        session.add(attempt)
    return Begun(token, address)


def finish(token: str | None, query: Mapping[str, str], visitor: Visitor, actor: Actor | None) -> SignedIn:
    """The browser is back from the provider: signs its person in, or adds the account to hers. Works once.

    Raises SignInRefused with the sentence to show; nobody is signed in then.
    """
    attempt = _use(token, query.get("state", ""))
    provider = providers.of_key(attempt.provider)
    account = provider.account(query, nonce=attempt.nonce, code_verifier=attempt.code_verifier)
    if attempt.person_id is not None and (actor is None or actor.person_id != attempt.person_id):
        raise SignInRefused(STALE)
    try:
        return _admit(account, attempt, visitor)
    except IntegrityError:  # the same account, or the same new address, came in twice at one moment
        return _admit(account, attempt, visitor)


def provider_behind(token: str) -> str:
    """The key of the provider by which this session began, or nothing."""
    with db.reading() as session:
        issuer = session.exec(
            select(Identity.issuer)
            .join(SignInSession, col(SignInSession.identity_id) == Identity.id)
            .where(SignInSession.token_hash == hashed(token))
        ).first()
    provider = providers.of_issuer(issuer or "")
    return provider.settings.key if provider else ""


def accounts_of(actor: Actor) -> list[AccountLine]:
    """The accounts that sign this person in, oldest first."""
    with db.reading() as session:
        rows = session.exec(select(Identity).where(Identity.person_id == actor.person_id).order_by(col(Identity.id)))
        return [AccountLine(one.id or 0, _provider_name(one.issuer), one.email, one.linked_at) for one in rows]


def unlink(actor: Actor, identity_id: int) -> None:
    """This account signs her in no more. Raises NotFound, WrongState for the last one."""
    with db.writing() as session:
        session.get_one(Person, actor.person_id, with_for_update=True)
        own = session.exec(select(Identity).where(Identity.person_id == actor.person_id)).all()
        gone = next((one for one in own if one.id == identity_id), None)
        if gone is None:
            raise NotFound
        if len(own) == 1:
            raise WrongState("This is the only account that signs you in. Add another one first.")
        sign_in.end_all(session, actor.person_id, identity_id=identity_id)
        sign_in.forget_identity(session, identity_id)
        session.delete(gone)
        title = _provider_name(gone.issuer)
        audit.record(
            session, actor.person_id, "person:unlinked", actor.person_id, person_id=actor.person_id, title=title
        )


def _use(token: str | None, state: str) -> SignInAttempt:
    """The attempt of this browser, for the first and only time. Raises SignInRefused."""
    now = clock.now()
    with db.writing() as session:
        found = session.get(SignInAttempt, hashed(token or ""), with_for_update=True)
        if found is None or not found.is_open(now) or not hmac.compare_digest(found.state.encode(), state.encode()):
            raise SignInRefused(STALE)
        found.used_at = now
        return found


def _admit(account: Account, attempt: SignInAttempt, visitor: Visitor) -> SignedIn:
    with db.writing() as session:
        identity = _identity_of(session, account, attempt.person_id)
        person = session.get_one(Person, identity.person_id)
        if person.deactivated_at is not None:
            raise SignInRefused("Your record here is closed. Write to us if you think that it should not be.")
        identity.seen_at, identity.email = clock.now(), account.email or identity.email
        token = sign_in.begin_within(
            session, identity.person_id, visitor, identity_id=identity.id, provider_session=account.session
        )
        return SignedIn(token, identity.person_id, attempt.target)


def _identity_of(session: Session, account: Account, person_id: int | None) -> Identity:
    """The identity of this account, made if there is none yet."""
    found = session.exec(
        select(Identity).where(Identity.issuer == account.issuer, Identity.subject == account.subject)
    ).first()
    if found is not None:
        if person_id not in {None, found.person_id}:
            raise SignInRefused("This account has a record of its own already. Ask the coordinator to merge the two.")
        return found
    owner, deed = person_id, "person:linked"
    if owner is None:
        owner = _known(session, account)
    if owner is None:
        owner, deed = _new_person(session, account), "person:arrived"
    now = clock.now()
    identity = Identity(
        person_id=owner, issuer=account.issuer, subject=account.subject, email=account.email, linked_at=now, seen_at=now
    )
    session.add(identity)
    session.flush()
    audit.record(session, owner, deed, owner, person_id=owner, title=_provider_name(account.issuer))
    return identity


def _known(session: Session, account: Account) -> int | None:
    """Whom the verified address names, unless she has another account there: addresses change hands."""
    if not account.email:
        return None
    person = session.exec(select(Person).where(func.lower(Person.email) == account.email.lower())).first()
    if person is None:
        return None
    there = select(Identity.id).where(Identity.person_id == person.id, Identity.issuer == account.issuer)
    return None if session.exec(there).first() else person.id


def _new_person(session: Session, account: Account) -> int:
    taken = select(Person.id).where(func.lower(Person.email) == account.email.lower())
    free = bool(account.email) and session.exec(taken).first() is None
    person = Person(
        first_name=account.first_name or account.last_name or "New",
        last_name=account.last_name if account.first_name else "",
        email=account.email if free else None,
        awaits_introduction=True,
        created_at=clock.now(),
    )
    session.add(person)
    session.flush()
    return person.id or 0


def _provider_name(issuer: str) -> str:
    known: Provider | None = providers.of_issuer(issuer)
    return known.settings.name if known else issuer
