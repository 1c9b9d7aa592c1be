"""What pages show of certificates: one, the newest of all, and the public check."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.certificates import Certificate, CertificateFile, CertificateStatus, read_code
from models.participations import Participation
from services import certificate_files, db, programs, search
from services.access import Actor, load_certificate, require_coordinator
from services.certificate_lists import CertificateLine, line_of

PAGE = 60


@dataclass(frozen=True)
class CertificatePage:
    certificate: Certificate
    participation: Participation
    document: dict[str, Any]
    standing: str
    replaces: str | None
    replaced_by: str | None
    file: CertificateFile
    is_own: bool
    may_change: bool


@dataclass(frozen=True)
class Verified:
    """What anybody may know who holds the code: no more than the certificate shows."""

    number: str
    name: str
    track: str
    issued_on: date
    due_on: date | None
    standing: str
    ended_on: date | None
    program: str


def show(actor: Actor, number: str) -> CertificatePage:
    """One's own certificate, or any for a coordinator. Raises NotFound."""
    with db.reading() as session:
        certificate = load_certificate(session, actor, number)
        before = session.get(Certificate, certificate.replaces_id) if certificate.replaces_id else None
        after = session.exec(select(Certificate.number).where(Certificate.replaces_id == certificate.id)).first()
        participation = session.get_one(Participation, certificate.participation_id)
        file = session.get_one(CertificateFile, certificate.id)
    own = certificate.person_id == actor.person_id
    return CertificatePage(
        certificate,
        participation,
        certificate_files.document(certificate),
        certificate.standing(programs.current().today()),
        before.number if before else None,
        after,
        file,
        own,
        actor.is_coordinator and not own and certificate.status == CertificateStatus.VALID,
    )


def newest(actor: Actor, text: str = "", number: int = 0) -> tuple[list[CertificateLine], int]:
    """A page of all certificates, the newest first, and how many there are. Raises NotFound to all but coordinators."""
    require_coordinator(actor)
    query = select(Certificate, col(CertificateFile.sha256) != "").join(
        CertificateFile, col(CertificateFile.certificate_id) == Certificate.id
    )
    for word in search.words_of(text):
        query = query.where(
            search.contains(
                word,
                Certificate.number,
                col(Certificate.snapshot)["name"].as_string(),
                col(Certificate.snapshot)["track"].as_string(),
            )
        )
    with db.reading() as session:
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        rows = session.exec(query.order_by(col(Certificate.id).desc()).limit(PAGE).offset(number * PAGE))
        return [line_of(certificate, drawn) for certificate, drawn in rows], total


def verify(typed: str) -> Verified | None:
    """The certificate with that code; None alike for a code that is unknown and one that is none."""
    code = read_code(typed) or "0" * 16
    with db.reading() as session:
        certificate = session.exec(select(Certificate).where(Certificate.code == code)).first()
    if certificate is None:
        return None
    program = programs.current()
    return Verified(
        certificate.number,
        certificate.snapshot["name"],
        certificate.snapshot["track"],
        certificate.issued_on,
        certificate.due_on,
        certificate.standing(program.today()),
        program.day_of(certificate.ended_at) if certificate.ended_at else None,
        certificate.snapshot["program"],
    )
