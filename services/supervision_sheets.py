"""What a supervisor is shown: the record as submitted, or the credits so far of somebody who leaves."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from models.credits import CreditStatus, counted_credits, shown_credits
from models.errors import NotFound
from models.libraries import Library
from models.participations import Participation
from models.people import Person
from models.supervision import VerificationRequest
from models.times import shown_day
from models.verifications import InterimVerification, VerificationResult
from services import installation, programs, records
from services.letter_wishes import DEMO_KEY
from services.records import CreditRow
from services.sign_in import hashed

LIVE = {CreditStatus.PENDING, CreditStatus.APPROVED}


@dataclass(frozen=True)
class Line:
    """One credit, with who verified it already, if somebody did."""

    credit_id: int
    title: str
    when: str
    sponsor: str
    presenter: str
    category: str
    credits: str
    already: str = ""


@dataclass(frozen=True)
class Sheet:
    """`digest` is of exactly what is shown; an answer to anything else is not taken."""

    request: VerificationRequest
    person: str
    library: str
    track: str
    asked: tuple[Line, ...]
    already: tuple[Line, ...]
    digest: str
    total: str
    """`60 credits`, of those that are asked."""


def of(session: Session, request: VerificationRequest) -> Sheet:
    """The sheet as it stands at this moment."""
    participation = session.get(Participation, request.participation_id) if request.participation_id else None
    rows = records.credits_of(session, request.person_id)
    if participation is not None:
        listed = records.frozen_lists(session, request.person_id).get(
            participation.id or 0, records.Frozen(frozenset())
        )
        rows = [row for row in rows if row.id in listed.submitted]
    elif request.until_on is not None:
        rows = [row for row in rows if row.bound_participation_id is None and row.ended_on <= request.until_on]
    rows = sorted((row for row in rows if row.status in LIVE), key=lambda row: (row.ends_at, row.id))
    verified = interim(session, rows)
    lines = [_line(row, verified.get(row.id)) for row in rows]
    library_id = request.library_id or (participation.library_id if participation else None)
    library = session.get(Library, library_id) if library_id else None
    version = programs.current().versions[participation.track_version_id] if participation else None
    return Sheet(
        request,
        session.get_one(Person, request.person_id).name,
        library.name if library else "",
        version.track_name if version else "",
        tuple(line for line in lines if not line.already),
        tuple(line for line in lines if line.already),
        _digest(request, lines),
        counted_credits(sum((row.credits for row in rows if row.id not in verified), Decimal(0))),
    )


def interim(session: Session, rows: list[CreditRow]) -> dict[int, InterimVerification]:
    """By credit, the newest interim confirmation that still says what the credit says."""
    shown = {row.id: digest_of(row) for row in rows}
    found = session.exec(
        select(InterimVerification)
        .where(col(InterimVerification.credit_id).in_([*shown]))
        .where(InterimVerification.result == VerificationResult.CONFIRMED)
        .order_by(col(InterimVerification.id))
    )
    return {one.credit_id: one for one in found if one.shown == shown[one.credit_id]}


def digest_of(row: CreditRow) -> str:
    """Of one credit as a supervisor reads it."""
    return _sha256(
        [row.id, row.title, row.begins_at, row.ends_at, row.sponsor, row.presenter, row.category_id, row.credits]
    )


def found_by(session: Session, token: str, *, lock: bool = False) -> VerificationRequest:
    """The request that this link is for. Raises NotFound for one that we never sent."""
    query = select(VerificationRequest).where(VerificationRequest.token_hash == hashed(token))
    request = session.exec(query.with_for_update() if lock else query).first()
    if request is None:
        raise NotFound("This link is none of ours. Open the one in the letter, whole and as it stands there.")
    return request


def token_of(request: VerificationRequest) -> str:
    """The link's secret; nobody finds it without the installation's key, so that a reminder can say it again."""
    key = installation.settings().secret_key or DEMO_KEY
    said = f"supervisor {request.id} {request.asked_at.isoformat()}".encode()
    return urlsafe_b64encode(hmac.digest(key.encode(), said, "sha256")).decode().rstrip("=")


def _line(row: CreditRow, verified: InterimVerification | None) -> Line:
    program = programs.current()
    return Line(
        row.id,
        row.title,
        shown_day(row.ended_on),
        row.sponsor,
        row.presenter,
        program.categories[row.category_id].name,
        shown_credits(row.credits),
        f"{verified.verifier_name}, {shown_day(verified.verified_on)}" if verified else "",
    )


def _digest(request: VerificationRequest, lines: list[Line]) -> str:
    return _sha256([request.id, request.submission, *lines])


def _sha256(parts: Sequence[object]) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
