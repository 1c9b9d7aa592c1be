"""The first sign-in of somebody whom nobody knows: who she is, where she works, and the coordinator is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from models.errors import NotFound, Problems
from models.libraries import Library
from models.people import Person, Position, PositionKind, Role, RoleGrant
from services import audit, db, installation, letters, live, programs
from services.access import Actor
from services.positions import KINDS
from services.profile import ask_for_email, read_email, read_names

NOT_LISTED = "not listed"
LONG_AGO = date(1940, 1, 1)


@dataclass(frozen=True)
class Asked:
    """What the form begins with, and what it offers."""

    first_name: str
    last_name: str
    email: str
    email_is_known: bool
    libraries: list[tuple[int, str]]


def asked(actor: Actor) -> Asked:
    """Raises NotFound for one who has introduced herself already."""
    _require_new(actor)
    with db.reading() as session:
        person = session.get_one(Person, actor.person_id)
        listed = session.exec(
            select(Library).where(col(Library.deactivated_at).is_(None)).order_by(func.lower(Library.name))
        )
        libraries = [(one.id or 0, f"{one.name}, {one.city}" if one.city else one.name) for one in listed]
    return Asked(person.first_name, person.last_name, person.email or "", bool(person.email), libraries)


def introduce(actor: Actor, values: Mapping[str, object]) -> None:
    """Saves `first_name`, `last_name`, `email`, `library`, `kind`, `begins`; the coordinators get a letter.

    An address that the provider did not verify counts once its owner has pressed the button behind the link in a
    letter to it. Raises Problems by field, NotFound for one who has introduced herself already.
    """
    _require_new(actor)
    try:
        with db.writing() as session:
            person = session.get_one(Person, actor.person_id, with_for_update=True)
            if not person.awaits_introduction:
                raise NotFound
            wanted = _read(session, person, values)
            person.first_name, person.last_name = str(wanted["first_name"]), str(wanted["last_name"])
            person.awaits_introduction = False
            place = _take_position(session, actor.person_id, wanted)
            if not person.email:
                ask_for_email(session, person, str(wanted["email"]))
            mine = actor.person_id
            audit.record(session, mine, "person:introduced", mine, person_id=mine, title=place)
            _tell_coordinators(session, person, place)
            db.tell(session, lambda: live.record_changed.publish(key=mine))
    except IntegrityError as error:
        raise Problems({"library": "This position is in your record already."}) from error


def _require_new(actor: Actor) -> None:
    if not actor.is_new:
        raise NotFound


def _take_position(session: Session, person_id: int, wanted: Mapping[str, object]) -> str:
    """Returns it in words."""
    library, kind = wanted["library"], wanted["kind"]
    if not isinstance(library, Library) or not isinstance(kind, PositionKind):
        return f"“{wanted['other_library']}”, which is not listed"
    begins = wanted["begins"]
    assert isinstance(begins, date)  # noqa: S101 -- read below
    session.add(Position(person_id=person_id, library_id=library.id or 0, kind=kind, begins_on=begins))
    session.flush()
    return f"{KINDS[kind]} at {library.name}"


def _tell_coordinators(session: Session, person: Person, place: str) -> None:
    """With a word about others of the same name, who may be the same person."""
    same = session.exec(
        select(func.count())
        .select_from(Person)
        .where(
            func.lower(Person.last_name) == person.last_name.lower(),
            func.lower(Person.first_name) == person.first_name.lower(),
            Person.id != person.id,
        )
    ).one()
    page = f"{installation.settings().base_url.rstrip('/')}/admin/people/{person.id}"
    hint = (
        "Somebody of this name is known already: if it is the same person, merge the two records there."
        if same
        else "Correct the record there, or merge it with another one of the same person."
    )
    told = {"name": person.name, "place": place, "link": page, "hint": hint}
    for office in session.exec(select(RoleGrant.person_id).where(RoleGrant.role == Role.COORDINATOR)):
        letters.write(session, office, "new person", told)


def _read(session: Session, person: Person, values: Mapping[str, object]) -> dict[str, object]:
    problems: dict[str, str] = {}
    wanted: dict[str, object] = dict(read_names(values, problems))
    if not person.email:
        wanted["email"] = read_email(values, problems)
    chosen = str(values.get("library") or "")
    if chosen == NOT_LISTED:
        wanted["library"], wanted["kind"] = None, None
        wanted["other_library"] = " ".join(str(values.get("other_library") or "").split())[:120]
        if not wanted["other_library"] or not str(wanted["other_library"]).isprintable():
            problems["other_library"] = "Enter the name of your library, so that the coordinator can add it."
    else:
        _read_position(session, chosen, values, wanted, problems)
    if problems:
        raise Problems(problems)
    return wanted


def _read_position(
    session: Session, chosen: str, values: Mapping[str, object], wanted: dict[str, object], problems: dict[str, str]
) -> None:
    library = session.get(Library, int(chosen)) if re.fullmatch(r"[1-9][0-9]{0,8}", chosen) else None
    if library is None or library.deactivated_at is not None:
        problems["library"] = "Choose your library, or that it is not listed."
    wanted["library"] = library
    try:
        wanted["kind"] = PositionKind(str(values.get("kind") or ""))
    except ValueError:
        problems["kind"] = "Choose what you are there."
    _read_begin(str(values.get("begins") or "").strip(), wanted, problems)


def _read_begin(text: str, wanted: dict[str, object], problems: dict[str, str]) -> None:
    """Today if nothing was typed."""
    today = programs.current().today()
    try:
        begins = date.fromisoformat(text) if text else today
    except ValueError:
        problems["begins"] = "Enter the day as 2026-11-23, or leave it out."
        return
    if not LONG_AGO <= begins <= today:
        problems["begins"] = "Enter a day that is not in the future."
    wanted["begins"] = begins
