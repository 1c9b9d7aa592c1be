"""What the program's office changes about people: names, addresses, roles, accounts, and whether a record is closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.identities import Identity
from models.libraries import Library
from models.people import Person, Position, Role, RoleGrant
from models.texts import typed
from services import audit, clock, db, live, merges, providers, sign_in, waiting_list
from services.access import Actor, require_administrator, require_office
from services.merges import MergeLine
from services.profile import read_email, read_line, read_names


@dataclass(frozen=True)
class Held:
    """A position with the name of its library, and the e-mail of who verifies instead of the director, if somebody."""

    position: Position
    library: str
    supervisor: str = ""


@dataclass(frozen=True)
class Account:
    id: int
    provider: str
    email: str


@dataclass(frozen=True)
class Sheet:
    """All that the office may change about one person."""

    person: Person
    held: list[Held]
    roles: frozenset[str]
    accounts: list[Account]
    merges: list[MergeLine]
    kept_instead: int | None
    is_own: bool
    history: list[audit.Told]


def sheet(actor: Actor, person_id: int) -> Sheet:
    """Raises NotFound."""
    require_office(actor)
    with db.reading() as session:
        person = _person(session, person_id)
        supervisor = aliased(Person)
        held = session.exec(
            select(Position, Library.name, supervisor.email)
            .join(Library, col(Library.id) == Position.library_id)
            .outerjoin(supervisor, col(supervisor.id) == Position.supervisor_id)
            .where(Position.person_id == person_id)
            .order_by(col(Position.begins_on).desc())
        )
        return Sheet(
            person,
            [Held(at, name, email or "") for at, name, email in held],
            frozenset(session.exec(select(RoleGrant.role).where(RoleGrant.person_id == person_id))),
            [_account(one) for one in session.exec(select(Identity).where(Identity.person_id == person_id))],
            merges.standing(session, person_id),
            merges.kept_instead(session, person_id),
            person_id == actor.person_id,
            audit.history(session, person_id, 20),
        )


def add(actor: Actor, values: Mapping[str, object]) -> int:
    """A record for somebody who has none; returns her id. Raises NotFound, Problems by field."""
    require_office(actor)
    wanted = _read(values)
    try:
        with db.writing() as session:
            person = Person(first_name="", last_name="", created_at=clock.now())
            for name, value in wanted.items():
                setattr(person, name, value)
            session.add(person)
            session.flush()
            _record(session, actor, "person:added", person, title=person.name)
            return person.id or 0
    except IntegrityError as error:
        raise Problems({"email": TAKEN}) from error


def change(actor: Actor, person_id: int, values: Mapping[str, object]) -> None:
    """Saves `first_name`, `last_name`, `email` (may be empty) and `phone`. Raises NotFound, Problems by field."""
    require_office(actor)
    wanted = _read(values)
    try:
        with db.writing() as session:
            person = _person(session, person_id, lock=True)
            changed = [name for name, value in wanted.items() if getattr(person, name) != value]
            was = person.name
            for name in changed:
                setattr(person, name, wanted[name])
            session.flush()
            if changed:
                title = ", ".join(_WORDS[name] for name in changed)
                _record(session, actor, "person:corrected", person, title=title, was=was)
    except IntegrityError as error:
        raise Problems({"email": TAKEN}) from error


def close(actor: Actor, person_id: int, reason: str) -> None:
    """She is signed out and cannot sign in; her record stays, and others get her seats.

    Raises NotFound, NotAllowed, WrongState, Problems.
    """
    require_office(actor)
    with db.writing() as session:
        waiting_list.give_back_all(session, actor, person_id)  # events are locked before people, as who registers does
        person = _person(session, person_id, lock=True)
        _refuse_own(actor, person_id, "close")
        roles = set(session.exec(select(RoleGrant.role).where(RoleGrant.person_id == person_id)))
        if roles and not actor.is_administrator:
            raise NotAllowed(f"{person.name} has a role here. An administrator closes this record.")
        if person.deactivated_at is not None:
            raise WrongState("This record is closed already.")
        person.deactivated_at = clock.now()
        sign_in.end_all(session, person_id, by_id=actor.person_id)
        _record(session, actor, "person:closed", person, reason=_reason(reason))


def reopen(actor: Actor, person_id: int, reason: str) -> None:
    """She may sign in again. Raises NotFound, WrongState, Problems without a reason."""
    require_office(actor)
    with db.writing() as session:
        person = _person(session, person_id, lock=True)
        if person.deactivated_at is None:
            raise WrongState("This record is open.")
        if merges.kept_instead(session, person_id) is not None:
            raise WrongState("This record was merged into another one: undo that instead.")
        person.deactivated_at = None
        _record(session, actor, "person:opened", person, reason=_reason(reason))


def set_role(actor: Actor, person_id: int, role: str, granted: bool) -> None:
    """Gives a role or takes it away. Raises NotFound to all but administrators, NotAllowed (the last administrator)."""
    require_administrator(actor)
    if role not in set(Role):
        raise NotFound
    with db.writing() as session:
        person = _person(session, person_id, lock=True)
        grants = session.exec(select(RoleGrant).where(RoleGrant.role == role).with_for_update()).all()
        mine = next((one for one in grants if one.person_id == person_id), None)
        if granted == (mine is not None):
            return
        if mine is None:
            session.add(RoleGrant(person_id=person_id, role=Role(role), granted_at=clock.now()))
        elif role == Role.ADMINISTRATOR and _open_ones(session, grants) <= {person_id}:
            raise NotAllowed("This is the last administrator. Make somebody else one first.")
        else:
            session.delete(mine)
        _record(session, actor, "person:granted" if granted else "person:role_taken", person, title=role)


def unlink(actor: Actor, person_id: int, identity_id: int) -> None:
    """This account signs her in no more. Raises NotFound."""
    require_office(actor)
    with db.writing() as session:
        person, identity = _person(session, person_id, lock=True), session.get(Identity, identity_id)
        if identity is None or identity.person_id != person_id:
            raise NotFound
        title = _account(identity).provider
        sign_in.end_all(session, person_id, by_id=actor.person_id, identity_id=identity_id)
        sign_in.forget_identity(session, identity_id)
        session.delete(identity)
        _record(session, actor, "person:unlinked", person, title=title)


def _person(session: Session, person_id: int, *, lock: bool = False) -> Person:
    person = session.get(Person, person_id, with_for_update=lock)
    if person is None:
        raise NotFound
    return person


def _open_ones(session: Session, grants: object) -> set[int]:
    """Who of them can still sign in."""
    ids = [one.person_id for one in grants]  # type: ignore[attr-defined]
    query = select(Person.id).where(col(Person.id).in_(ids), col(Person.deactivated_at).is_(None))
    return {one or 0 for one in session.exec(query)}


def _account(identity: Identity) -> Account:
    known = providers.of_issuer(identity.issuer)
    return Account(identity.id or 0, known.settings.name if known else identity.issuer, identity.email)


def _refuse_own(actor: Actor, person_id: int, deed: str) -> None:
    if person_id == actor.person_id:
        raise NotAllowed(f"This is your own record. A colleague may {deed} it.")


def _reason(reason: str) -> str:
    if not typed(reason):
        raise Problems({"reason": "Say why."})
    return typed(reason)[:500]


def _read(values: Mapping[str, object]) -> dict[str, str | None]:
    problems: dict[str, str] = {}
    wanted: dict[str, str | None] = {**read_names(values, problems), "phone": read_line(values, "phone", 40, problems)}
    wanted["email"] = read_email(values, problems) if str(values.get("email") or "").strip() else None
    if problems:
        raise Problems(problems)
    return wanted


def _record(session: Session, actor: Actor, action: str, person: Person, **details: str) -> None:
    person_id = person.id or 0
    audit.record(session, actor.person_id, action, person_id, person_id=person_id, **details)
    db.tell(session, lambda: live.record_changed.publish(key=person_id))


TAKEN = "Another person uses this e-mail address already: perhaps the two records are to be merged."
_WORDS = {"first_name": "first name", "last_name": "last name", "phone": "phone", "email": "e-mail"}
