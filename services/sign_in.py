"""Sign-in sessions: begun, looked up at every deed, ended in every open tab."""

import hashlib
import secrets
from datetime import timedelta

from sqlmodel import Session, col, select, update

from models.errors import SignedOut
from models.people import Person, RoleGrant
from models.sessions import SignInSession
from services import audit, clock, db, live
from services.access import Actor

TOUCH = timedelta(minutes=5)


def begin(person_id: int) -> str:
    """A new session for this person; returns the token for the cookie, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    with db.writing() as session:
        session.add(SignInSession(token_hash=hashed(token), person_id=person_id, created_at=now, seen_at=now))
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
    token_hash = hashed(token)
    with db.writing() as session:
        row = session.get(SignInSession, token_hash)
        if row is None or row.ended_at is not None:
            return
        row.ended_at = clock.now()
        audit.record(session, row.person_id, "session:ended", row.person_id, person_id=row.person_id)
        db.tell(session, lambda: live.session_ended.publish(key=token_hash))


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


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
    return found, Actor(found.person_id, person.first_name, person.name, roles, token_hash)


def _touch(token_hash: str) -> None:
    with db.writing() as session:
        session.exec(
            update(SignInSession).where(col(SignInSession.token_hash) == token_hash).values(seen_at=clock.now())
        )
