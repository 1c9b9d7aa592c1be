"""Certificates as lines of a list, and a person's, which her own pages show."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.certificates import Certificate, CertificateFile, CertificateStatus
from services import programs


@dataclass(frozen=True)
class CertificateLine:
    """A certificate in a list; `standing` is VALID, EXPIRED, SUPERSEDED or REVOKED today."""

    number: str
    person_id: int
    name: str
    track: str
    issued_on: date
    due_on: date | None
    standing: str
    drawn: bool


def of_person(session: Session, person_id: int) -> list[CertificateLine]:
    """All of a person's certificates, the oldest first."""
    rows = session.exec(
        select(Certificate, col(CertificateFile.sha256) != "")
        .join(CertificateFile, col(CertificateFile.certificate_id) == Certificate.id)
        .where(Certificate.person_id == person_id)
        .order_by(col(Certificate.issued_on), col(Certificate.id))
    )
    return [line_of(certificate, drawn) for certificate, drawn in rows]


def number_of(session: Session, participation_id: int) -> str | None:
    """The certificate of a participation, revoked or not; None before it is issued."""
    return session.exec(
        select(Certificate.number).where(
            Certificate.participation_id == participation_id, Certificate.status != CertificateStatus.SUPERSEDED
        )
    ).first()


def line_of(certificate: Certificate, drawn: bool) -> CertificateLine:
    """As it stands today."""
    return CertificateLine(
        certificate.number,
        certificate.person_id,
        certificate.snapshot["name"],
        certificate.snapshot["track"],
        certificate.issued_on,
        certificate.due_on,
        certificate.standing(programs.current().today()),
        drawn,
    )
