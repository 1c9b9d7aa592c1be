"""The PDFs of certificates: drawn once, kept with their SHA-256, served from the database for good."""

import hashlib
import io
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import col, select, update

from models.certificates import Certificate, CertificateFile, shown_code
from models.errors import WrongState
from models.times import written_day
from services import clock, db, installation
from services.access import Actor, load_certificate, require_coordinator
from services.certificate_press import PressFailed, press, qr_svg

log = logging.getLogger("aspen")


@dataclass(frozen=True)
class Pdf:
    name: str
    body: bytes
    sha256: str


def pdf(actor: Actor, number: str) -> Pdf:
    """The stored PDF; drawn now if it is not there yet. Raises NotFound, WrongState when it cannot be drawn."""
    with db.reading() as session:
        certificate = load_certificate(session, actor, number)
        file = session.get_one(CertificateFile, certificate.id)
    if file.body is None:
        file = _draw(certificate)
    if file.body is None:
        raise WrongState("The PDF of this certificate could not be made yet. It is tried again by itself.")
    return Pdf(f"{certificate.number}.pdf", file.body, file.sha256)


def draw_due() -> int:
    """Draws what waits, oldest first; a failure is noted and tried again later. Returns how many were drawn."""
    with db.reading() as session:
        waiting = session.exec(
            select(Certificate)
            .join(CertificateFile, col(CertificateFile.certificate_id) == Certificate.id)
            .where(col(CertificateFile.body).is_(None), col(CertificateFile.try_after) <= clock.now())
            .order_by(col(Certificate.id))
            .limit(AT_ONCE)
        ).all()
    return sum(_draw(certificate).body is not None for certificate in waiting)


def bundle(actor: Actor, numbers: Sequence[str]) -> bytes:
    """The PDFs of several people as one ZIP. Raises NotFound to all but coordinators, WrongState."""
    require_coordinator(actor)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for number in dict.fromkeys(numbers[:MOST_IN_BUNDLE]):
            with db.reading() as session:
                name = load_certificate(session, actor, number).snapshot["name"]
            made = pdf(actor, number)
            plain = "".join(sign if sign.isalnum() or sign in " -" else "_" for sign in name)
            archive.writestr(zipfile.ZipInfo(f"{number} {plain}.pdf"), made.body)
    return packed.getvalue()


def document(certificate: Certificate) -> dict[str, Any]:
    """What the certificate says, in words, for paper and screen."""
    base = installation.settings().base_url.rstrip("/")
    url = f"{base}/verify/{shown_code(certificate.code)}"
    return {
        **certificate.snapshot,
        "issued": written_day(certificate.issued_on),
        "due": written_day(certificate.due_on) if certificate.due_on else "",
        "number": certificate.number,
        "code": shown_code(certificate.code),
        "verify_url": url,
        "verify_text": f"{urlsplit(base).netloc}/verify",
        "qr": qr_svg(url),
        "ended": "",
    }


def _draw(certificate: Certificate) -> CertificateFile:
    """Draws and keeps it, unless somebody was quicker: the first file stays."""
    try:
        body = press(document(certificate))
    except PressFailed as failure:
        log.warning("certificate not drawn", extra={"subject": "certificate", "subject_id": certificate.id})
        return _note_failure(certificate.id or 0, str(failure))
    values = {"body": body, "sha256": hashlib.sha256(body).hexdigest(), "drawn_at": clock.now(), "problem": ""}
    return _keep(certificate.id or 0, values)


def _keep(certificate_id: int, values: dict[str, Any]) -> CertificateFile:
    with db.writing() as session:
        session.exec(
            update(CertificateFile)
            .where(col(CertificateFile.certificate_id) == certificate_id, col(CertificateFile.body).is_(None))
            .values(**values)
        )
        return session.get_one(CertificateFile, certificate_id)


def _note_failure(certificate_id: int, problem: str) -> CertificateFile:
    with db.reading() as session:
        attempts = session.get_one(CertificateFile, certificate_id).attempts + 1
    return _keep(certificate_id, {"attempts": attempts, "problem": problem[:500], "try_after": _later(attempts)})


def _later(attempts: int) -> datetime:
    seconds = 30 * 2 ** min(attempts, 10)
    return clock.now() + min(timedelta(seconds=seconds), LONGEST_WAIT)


AT_ONCE = 20
MOST_IN_BUNDLE = 200
LONGEST_WAIT = timedelta(hours=1)
