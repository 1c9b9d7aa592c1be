"""Lists of an event: everybody who registered, as a workbook, and the sheet on which those who come sign, as a PDF."""

import io
import re

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlmodel import Session, col, select

from models.errors import WrongState
from models.events import Event
from models.people import Person
from models.registrations import SEATED, Registration
from models.times import local_time, shown_span
from services import attendance_credits, db, people, programs
from services.access import Actor
from services.certificate_press import PressFailed, press
from services.event_access import load_event
from services.sheets import File, write_header, write_moment, write_text

COLUMNS = (
    ("Last name", 20),
    ("First name", 18),
    ("E-mail", 32),
    ("Library", 34),
    ("State", 14),
    ("Registered", 18),
    ("Minutes", 10),
    ("Presenter", 10),
    ("Credits", 10),
)
EMPTY_LINES = 8
"""On the sheet, for those who come without a registration."""


def workbook(actor: Actor, event_id: int) -> File:
    """Everybody who ever registered, with the answers. Raises NotFound to all but those who run the event."""
    with db.reading() as session:
        event = load_event(session, actor, event_id)
        rows = _rows(session, event_id)
        ids = [person.id or 0 for _, person in rows]
        libraries, given = people.libraries_of(session, ids), attendance_credits.given(session, event_id, ids)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 -- a new workbook has one
    sheet.title = "Registrations"
    write_header(sheet, (*COLUMNS, *((str(one["label"]), 30) for one in event.questions)), len(rows))
    for place, (row, person) in enumerate(rows, start=2):
        told = (person.last_name, person.first_name, person.email or "", libraries.get(person.id or 0, ""), row.state)
        for column, text in enumerate(told, start=1):
            write_text(sheet.cell(place, column), str(text))
        at = local_time(row.registered_at, event.time_zone).replace(tzinfo=None)
        write_moment(sheet.cell(place, 6), at, "yyyy-mm-dd hh:mm")
        sheet.cell(place, 7, row.minutes)
        write_text(sheet.cell(place, 8), "yes" if row.presenter else "")
        sheet.cell(place, 9, given.get(person.id or 0)).number_format = "0.0"
        for column, one in enumerate(event.questions, start=len(COLUMNS) + 1):
            write_text(sheet.cell(place, column), str(row.answers.get(str(one["key"]), "")))
    book.properties.creator = "ASPeN Continuing Education"
    out = io.BytesIO()
    book.save(out)
    return File(f"{_named(event)}, registrations.xlsx", out.getvalue())


def sign_in_sheet(actor: Actor, event_id: int) -> File:
    """Names by the alphabet with a place to sign, and empty lines. Raises NotFound, WrongState when it cannot be drawn.

    Call it off the event loop.
    """
    with db.reading() as session:
        event = load_event(session, actor, event_id)
        seated = [(row, person) for row, person in _rows(session, event_id) if row.state in SEATED]
        libraries = people.libraries_of(session, [person.id or 0 for _, person in seated])
    document = {
        "template": "sign_in_sheet",
        "program": programs.current().name,
        "title": event.title,
        "when": shown_span(event.begins_at, event.ends_at, event.time_zone),
        "where": event.location or ("Online" if event.online else ""),
        "presenter": event.presenter,
        "people": [
            {"name": f"{person.last_name}, {person.first_name}", "library": libraries.get(person.id or 0, "")}
            for _, person in seated
        ],
        "empty": EMPTY_LINES,
        "code": f"sheet-{event_id}",
    }
    try:
        return File(f"{_named(event)}, sign-in sheet.pdf", press(document))
    except PressFailed as failure:
        raise WrongState("The sheet could not be drawn just now. Try again in a minute.") from failure


def _rows(session: Session, event_id: int) -> list[tuple[Registration, Person]]:
    chosen = (
        select(Registration, Person)
        .join(Person, col(Person.id) == Registration.person_id)
        .where(Registration.event_id == event_id)
        .order_by(col(Person.last_name), col(Person.first_name), col(Registration.id))
    )
    return list(session.exec(chosen).all())


def _named(event: Event) -> str:
    day = local_time(event.begins_at, event.time_zone).date().isoformat()
    return re.sub(r'[\\/:*?"<>|]+', " ", f"{event.title[:60]} {day}")
