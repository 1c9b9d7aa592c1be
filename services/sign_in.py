"""Sign-in sessions: begun, looked up at every deed, ended in every open tab."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models.errors import NotFound, SignedOut
from models.identities import Identity
from models.people import Person, RoleGrant
from models.sessions import ABSOLUTE, IDLE, SignInSession
from services import audit, clock, db, live
from services.access import Actor

TOUCH = timedelta(minutes=5)


@dataclass(frozen=True)
class Visitor:
    """What a request tells of who sends it: the kind of browser and the network address."""

    device: str = ""
    address: str = ""


@dataclass(frozen=True)
class SessionLine:
    """One of a person's sessions, for her to recognise."""

    token_hash: str
    device: str
    address: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def begin(person_id: int, visitor: Visitor | None = None) -> str:
    """A new session for this person; returns the token for the cookie, which is kept nowhere."""
    with db.writing() as session:
        return begin_within(session, person_id, visitor or Visitor())


def begin_within(
    session: Session, person_id: int, visitor: Visitor, *, identity_id: int | None = None, provider_session: str = ""
) -> str:
    """The same inside a transaction, for one who came by an account at a provider."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(
        SignInSession(
            token_hash=hashed(token),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            identity_id=identity_id,
            provider_session=provider_session,
            device=visitor.device[:80],
            address=visitor.address[:45],
        )
    )
    audit.record(session, person_id, "session:begun", person_id, person_id=person_id)
    return token


def who(token: str | None) -> Actor:
    """Who holds this token now, with the roles of now. Raises SignedOut."""
    if not token:
        raise SignedOut
    with db.reading() as session:
        found, actor = _look_up(session, hashed(token))
    if clock.now() - found.seen_at > TOUCH:
        _touch(found.token_hash)
    return actor


def end(token: str) -> None:
    """Ends the session; every open tab of it is sent to the sign-in page."""
    with db.writing() as session:
        row = session.get(SignInSession, hashed(token))
        if row is not None:
            _end(session, row, row.person_id)


def sessions_of(actor: Actor) -> list[SessionLine]:
    """The sessions that are open now, this one first, then the latest seen."""
    with db.reading() as session:
        rows = session.exec(_open_of(actor.person_id)).all()
    lines = [
        SessionLine(
            row.token_hash, row.device, row.address, row.created_at, row.seen_at, row.token_hash == actor.token_hash
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.is_this, line.seen_at), reverse=True)


def end_one(actor: Actor, token_hash: str) -> None:
    """Ends one of her sessions. Raises NotFound for anybody else's."""
    with db.writing() as session:
        row = session.get(SignInSession, token_hash)
        if row is None or row.person_id != actor.person_id:
            raise NotFound
        _end(session, row, actor.person_id)


def end_everywhere(actor: Actor) -> int:
    """Ends all her sessions, this one too; returns how many."""
    with db.writing() as session:
        return end_all(session, actor.person_id, by_id=actor.person_id)


def end_all(
    session: Session,
    person_id: int,
    *,
    by_id: int | None = None,
    identity_id: int | None = None,
    provider_session: str = "",
) -> int:
    """Ends the open sessions of a person, or only those of one account or one session of the provider's."""
    query = _open_of(person_id)
    if identity_id is not None:
        query = query.where(SignInSession.identity_id == identity_id)
    if provider_session:
        query = query.where(SignInSession.provider_session == provider_session)
    rows = session.exec(query).all()
    for row in rows:
        _end(session, row, by_id)
    return len(rows)


def end_of_provider(session: Session, issuer: str, provider_session: str) -> int:
    """Ends the open sessions that came by this session of the provider's; returns how many."""
    rows = session.exec(
        select(SignInSession)
        .join(Identity, col(Identity.id) == SignInSession.identity_id)
        .where(Identity.issuer == issuer, SignInSession.provider_session == provider_session)
        .where(col(SignInSession.ended_at).is_(None))
    ).all()
    for row in rows:
        _end(session, row, None)
    return len(rows)


def forget_identity(session: Session, identity_id: int) -> None:
    """Before an account is unlinked: its sessions, which are ended, name it no more."""
    mine = col(SignInSession.identity_id) == identity_id
    session.exec(update(SignInSession).where(mine).values(identity_id=None))


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _end(session: Session, row: SignInSession, by_id: int | None) -> None:
    if row.ended_at is not None:
        return
    row.ended_at = clock.now()
    key = row.token_hash
    audit.record(session, by_id, "session:ended", row.person_id, person_id=row.person_id)
    db.tell(session, lambda: live.session_ended.publish(key=key))


def _open_of(person_id: int) -> SelectOfScalar[SignInSession]:
    now = clock.now()
    return select(SignInSession).where(
        SignInSession.person_id == person_id,
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.created_at) > now - ABSOLUTE,
        col(SignInSession.seen_at) > now - IDLE,
    )


def _look_up(session: Session, token_hash: str) -> tuple[SignInSession, Actor]:
    rows = session.exec(
        select(SignInSession, Person, RoleGrant.role)
        .join(Person, col(Person.id) == SignInSession.person_id)
        .outerjoin(RoleGrant, col(RoleGrant.person_id) == Person.id)
        .where(SignInSession.token_hash == token_hash)
    ).all()
    if not rows:
        raise SignedOut
    found, person, _ = rows[0]
    if not found.is_valid(clock.now()) or person.deactivated_at is not None:
        raise SignedOut
    roles = frozenset(str(role) for _, _, role in rows if role is not None)
    return found, Actor(
        found.person_id, person.first_name, person.name, roles, token_hash, is_new=person.awaits_introduction
    )


def _touch(token_hash: str) -> None:
    with db.writing() as session:
        session.exec(
            update(SignInSession).where(col(SignInSession.token_hash) == token_hash).values(seen_at=clock.now())
        )
