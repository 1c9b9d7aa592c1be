"""The demo: a marked database of invented people, five of whom anybody at this machine may be."""

import csv
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.errors import NotFound
from models.installation import DEMO, InstallationFact
from models.libraries import Library
from models.people import Person, Position, PositionKind, Role, RoleGrant
from services import clock, db, imports, people, sign_in
from services.demo_calendar import DEMO_FILES, write_year
from services.demo_degree import write_degree
from services.demo_records import Records
from services.demo_registrations import write_registrations
from services.demo_stories import write_others, write_stories
from services.demo_supervision import write_waiting

FIVE = {
    "participant": "Close to her certificate: a few credits to go, some waiting, one declined.",
    "director": "Two certificates behind her, in her renewal. One course stands twice in her list.",
    "board_chair": "A trustee whose record came back from the coordinator with a note.",
    "coordinator": "Works the live queue at the state library. Has a claim of her own, too.",
    "administrator": "New: no track yet, nothing claimed.",
}
LABELS = {
    "participant": "Participant",
    "director": "Director",
    "board_chair": "Board chair",
    "coordinator": "Coordinator",
    "administrator": "Administrator",
}
DONE = "demo seeded"


@dataclass(frozen=True)
class DemoPerson:
    key: str
    label: str
    name: str
    about: str


def prepare() -> None:
    """Marks an empty database as the demo's and fills it; a filled one is left as it is."""
    if is_seeded():
        return
    with db.writing() as session:
        session.merge(InstallationFact(name=DEMO, value="people here are invented"))
    imports.import_libraries(DEMO_FILES / "libraries.csv")
    imports.import_events(DEMO_FILES / "events.csv")
    imports.import_people(DEMO_FILES / "people.csv")
    with db.writing() as session:
        _seed(session)
        session.add(InstallationFact(name=DONE, value=clock.now().isoformat()))


def is_seeded() -> bool:
    with db.reading() as session:
        return session.get(InstallationFact, DONE) is not None


def five() -> list[DemoPerson]:
    """Those one may sign in as, in the order of the buttons."""
    with db.reading() as session:
        found = {
            person.demo_key: (person, people.positions_of(session, person.id or 0))
            for person in session.exec(select(Person).where(col(Person.demo_key).is_not(None)))
        }
    listed = []
    for key, about in FIVE.items():
        person, positions = found[key]
        listed.append(DemoPerson(key, LABELS[key], f"{person.name}, {positions[0].library}", about))
    return listed


def sign_in_as(key: str) -> str:
    """A session as one of the five; returns the token. Raises NotFound for anybody else or without the marker."""
    with db.reading() as session:
        marked = session.get(InstallationFact, DEMO) is not None
        person = session.exec(select(Person).where(Person.demo_key == key)).first()
    if not marked or person is None or person.id is None:
        raise NotFound
    return sign_in.begin(person.id)


def _seed(session: Session) -> None:
    calendar = write_year(session)
    everybody = _everybody(session)
    named = dict(zip(FIVE, everybody, strict=False))
    for key, (person, _) in named.items():
        person.demo_key = key
        session.add(person)
    chosen = {key: person for key, (person, _) in named.items()}
    for key, role in (("coordinator", Role.COORDINATOR), ("administrator", Role.ADMINISTRATOR)):
        session.add(RoleGrant(person_id=chosen[key].id or 0, role=role, granted_at=clock.now()))
    session.flush()
    colleague = next(person for person, _ in everybody[len(FIVE) :] if _at_state_library(session, person))
    session.add(RoleGrant(person_id=colleague.id or 0, role=Role.COORDINATOR, granted_at=clock.now()))
    records = Records(session, calendar, colleague.id or 0)
    write_stories(records, chosen)
    write_others(records, [one for one in everybody[len(FIVE) :] if one[0] is not colleague])
    write_waiting(records, chosen["director"])
    write_registrations(records, chosen, [one[0] for one in everybody[len(FIVE) :] if one[0] is not colleague])
    write_degree(records, [one[0] for one in everybody[len(FIVE) :] if one[0] is not colleague])


def _everybody(session: Session) -> list[tuple[Person, PositionKind]]:
    """In the order of the file, each with the kind of her first position."""
    with (DEMO_FILES / "people.csv").open(encoding="utf-8", newline="") as file:
        emails = list(dict.fromkeys(row["email"].lower() for row in csv.DictReader(file)))
    by_email = {(person.email or "").lower(): person for person in session.exec(select(Person))}
    kinds = {position.person_id: position.kind for position in session.exec(select(Position))}
    return [(by_email[email], kinds[by_email[email].id or 0]) for email in emails if email in by_email]


def _at_state_library(session: Session, person: Person) -> bool:
    return (
        session.exec(
            select(Position.id)
            .join(Library, col(Library.id) == Position.library_id)
            .where(Position.person_id == person.id, Library.kind == "state")
        ).first()
        is not None
    )
