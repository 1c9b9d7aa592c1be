"""Certificates of the demo, found or made for a test."""

from sqlmodel import col, select, update

from models.certificates import Certificate, CertificateFile, new_code, shown_code
from models.participations import Participation
from models.times import years_after
from services import certificates, clock, db, programs
from tests.pages import records

EXPIRED, VALID = "MT-2019-000001", "MT-2023-000001"
"""Both are Ruth Ellingson's, who is the demo's Director."""


def row(number: str) -> Certificate:
    """As the database has it now."""
    with db.reading() as session:
        return session.exec(select(Certificate).where(Certificate.number == number)).one()


def code_of(number: str) -> str:
    """As it is printed."""
    return shown_code(row(number).code)


def certificate_of(key: str) -> str:
    """The newest of one of the five; she who has none gets one."""
    owner = records.actor(key)
    with db.reading() as session:
        mine = select(Certificate.number).where(Certificate.person_id == owner.person_id)
        found = session.exec(mine.order_by(col(Certificate.id).desc())).first()
    return found or _written(owner.person_id, owner.name, records.participation_of(key))


def file_of(number: str) -> CertificateFile:
    with db.reading() as session:
        return session.get_one(CertificateFile, row(number).id)


def note_problem(number: str, problem: str) -> None:
    """As if the PDF could not be drawn a moment ago."""
    with db.writing() as session:
        session.exec(
            update(CertificateFile)
            .where(col(CertificateFile.certificate_id) == row(number).id)
            .values(problem=problem, attempts=1)
        )


def _written(person_id: int, name: str, participation_id: int) -> str:
    like, today = row(VALID), programs.current().today()
    with db.writing() as session:
        participation = session.get_one(Participation, participation_id)
        return certificates.add_row(
            session,
            Certificate(
                number=certificates.next_number(session, today.year),
                code=new_code(),
                participation_id=participation_id,
                person_id=person_id,
                track_version_id=participation.track_version_id,
                issued_at=clock.now(),
                issued_by_id=like.issued_by_id,
                issued_on=today,
                due_on=years_after(today, 4),
                snapshot={**like.snapshot, "name": name},
            ),
        ).number
