"""A degree in the demo that waits for the coordinator, with a picture of a diploma."""

import io
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont
from sqlmodel import col, select

from models.degrees import Degree
from models.documents import Document
from models.participations import OPEN, Participation
from models.people import Person, Position, PositionKind
from services import clock, document_files
from services.demo_records import Records

PAPER, INK, WIDTH, HEIGHT = (250, 246, 234), (40, 44, 52), 1400, 1000
GRADUATED = date(2025, 5, 17)
SCHOOL = "Emporia State University"


def write_degree(records: Records, people: list[Person]) -> None:
    """The first director without an open track has taken up the director's track and handed in the diploma."""
    session, now = records.session, clock.now()
    ids = [person.id or 0 for person in people]
    busy = set(session.exec(select(Participation.person_id).where(col(Participation.status).in_(OPEN))))
    directing = set(
        session.exec(
            select(Position.person_id).where(col(Position.person_id).in_(ids), Position.kind == PositionKind.DIRECTOR)
        )
    )
    person = next((one for one in people if one.id in directing - busy), None)
    if person is None:
        person = next(one for one in people if one.id not in busy)
    one = records.participation(person, "administrator", 0.1, library_id=records.library_of(person) or 0)
    session.flush()
    body = picture(person.name)
    document_files.put(body)
    document = Document(
        person_id=person.id or 0, purpose="diploma", name="diploma.jpg", media_type="image/jpeg", size=len(body),
        sha256=document_files.sha256_of(body), kept_at=now - timedelta(hours=20), kept_by_id=person.id or 0,
    )  # fmt: skip
    session.add(document)
    session.flush()
    session.add(
        Degree(person_id=person.id or 0, participation_id=one.id or 0, institution=SCHOOL, kind="MLS",
               graduated_on=GRADUATED, document_id=document.id or 0, handed_in_at=now - timedelta(hours=20))
    )  # fmt: skip


def picture(name: str) -> bytes:
    """An invented diploma as a JPEG."""
    drawn = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((40, 40, WIDTH - 40, HEIGHT - 40), outline=INK, width=4)
    lines = [(150, 44, SCHOOL), (300, 30, "has conferred upon"), (390, 64, name), (540, 30, "the degree of"),
             (620, 48, "Master of Library Science"), (780, 30, "on the seventeenth of May, 2025"),
             (880, 24, "An invented diploma for the demo")]  # fmt: skip
    for top, size, text in lines:
        font = ImageFont.load_default(size)
        pen.text(((WIDTH - pen.textlength(text, font=font)) / 2, top), text, fill=INK, font=font)
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=80)
    return kept.getvalue()
