"""Certificates: issued in one transaction with all that follows, replaced and revoked with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from models.certificates import BoundCredit, Certificate, CertificateFile, new_code
from models.credits import counted_credits, shown_credits
from models.errors import WrongState
from models.evaluation import Evaluation
from models.libraries import Library
from models.participations import Participation, ParticipationStatus
from models.people import Person
from models.times import local_day, written_day, years_after
from models.verifications import SubmittedCredit
from services import audit, clock, db, frozen, letters, live, participations, programs, records, submitted
from services.access import Actor
from services.certificate_press import unprintable


@dataclass(frozen=True)
class Issue:
    """Who issues, and when (UTC); the certificate bears the program's local day of it."""

    by_id: int
    signer: str
    at: datetime


def issue_if_complete(session: Session, actor: Actor, participation: Participation) -> str | None:
    """Issues when review and verification are both there; returns the number, or None while a step is to come.

    Raises WrongState: not enough, a credit PENDING again, or a name that no font can print.
    """
    if participation.reviewed_at is None or participation.verified_at is None:
        return None
    submitted.require_decided(session, participation)
    found = submitted.evaluation(session, participation)
    if not found.is_met:
        raise WrongState(
            " ".join(["What is approved and verified does not meet the track.", *submitted.missing(found)])
        )
    certificate = write(session, participation, found, _issue(session, actor, participation))
    tell_of(session, actor, certificate)
    return certificate.number


def tell_of(session: Session, actor: Actor, certificate: Certificate) -> None:
    """What follows an issue: the audit line, the letter, another record that shows its credits returned, the news."""
    audit.record(
        session,
        actor.audited_id,
        "certificate:issued",
        certificate.id or 0,
        person_id=certificate.person_id,
        title=certificate.number,
    )
    _write_letter(session, certificate)
    _return_others(session, actor, certificate)
    announce(session, certificate)
    frozen.tell(session, session.get_one(Participation, certificate.participation_id))


def _issue(session: Session, actor: Actor, participation: Participation) -> Issue:
    """In the name of the coordinator who does the last step, or who reviewed the record that a supervisor verifies."""
    if actor.is_coordinator or participation.reviewed_by_id is None:
        return Issue(actor.person_id, actor.name, clock.now())
    return Issue(participation.reviewed_by_id, session.get_one(Person, participation.reviewed_by_id).name, clock.now())


def write(session: Session, participation: Participation, found: Evaluation, issue: Issue) -> Certificate:
    """The certificate, its bound credits and the renewal, as rows; no letter and no news."""
    program = programs.current()
    version = program.versions[participation.track_version_id]
    issued_on = local_day(issue.at, program.time_zone)
    participation.issue(issued_on, years_after(issued_on, version.years))
    session.add(participation)
    session.flush()
    certificate = make_out(session, participation, issue, counted(session, participation, found))
    for credit_id, one in found.credits.items():
        if one.where:
            session.add(BoundCredit(credit_id=credit_id, participation_id=participation.id or 0))
    open_renewal(session, participation, issue.at)
    session.flush()
    return certificate


def make_out(session: Session, participation: Participation, issue: Issue, told: dict[str, Any]) -> Certificate:
    """The certificate's row for a participation that is issued; `told` says what met the track."""
    person = session.get_one(Person, participation.person_id)
    issued_on = participation.issued_on
    assert issued_on is not None  # noqa: S101 -- the participation is issued
    return add_row(
        session,
        Certificate(
            number=next_number(session, local_day(issue.at, programs.current().time_zone).year),
            code=new_code(),
            participation_id=participation.id or 0,
            person_id=person.id or 0,
            track_version_id=participation.track_version_id,
            issued_at=issue.at,
            issued_by_id=issue.by_id,
            issued_on=issued_on,
            due_on=participation.due_on,
            snapshot=_snapshot(session, participation, told, person=person, signer=issue.signer),
        ),
    )


def add_row(session: Session, certificate: Certificate) -> Certificate:
    """Adds a certificate with its file, which is drawn after the commit. Raises WrongState for a name no font has."""
    refuse_unprintable(certificate.snapshot["name"])
    session.add(certificate)
    session.flush()
    session.add(CertificateFile(certificate_id=certificate.id or 0, try_after=clock.now()))
    return certificate


def refuse_unprintable(name: str) -> None:
    """Raises WrongState: a certificate never shows a box for a letter, nor a name that runs off the sheet."""
    if len(name) > LONGEST_NAME:
        raise WrongState(
            f"The name “{name}” has {len(name)} letters; at most {LONGEST_NAME} fit on a certificate. "
            "Ask for a shorter spelling."
        )
    if signs := unprintable(name):
        listed = ", ".join(f"“{sign}”" for sign in signs)
        raise WrongState(
            f"The name “{name}” has signs that no typeface here can print: {listed}. Ask for a spelling in Latin, "
            "Greek or Cyrillic letters, or have the Noto typefaces installed."
        )


def next_number(session: Session, year: int) -> str:
    """`MT-2026-000123`: the program's prefix, the year, and a number that no other certificate has."""
    last = session.connection().execute(_COUNT, {"year": year}).scalar_one()
    return f"{programs.current().settings['certificate_prefix']}-{year}-{last:06d}"


def announce(session: Session, certificate: Certificate) -> None:
    """After the commit its PDF is drawn."""
    db.tell(session, lambda: live.certificates_issued.publish(certificate.id or 0))


def counted(session: Session, participation: Participation, found: Evaluation) -> dict[str, Any]:
    """What the track asked for and which credits met it, as the certificate says it."""
    program = programs.current()
    rows = {row.id: row for row in records.credits_of(session, participation.person_id)}
    return {
        "renewal": participation.renewal,
        "lines": [
            {"label": met.requirement.label, "credits": shown_credits(met.requirement.minimum)}
            for met in found.requirements
        ],
        "total": counted_credits(found.needed),
        "credits": [
            {
                "title": rows[credit_id].title,
                "ended_on": rows[credit_id].ended_on.isoformat(),
                "category": program.categories[rows[credit_id].category_id].name,
                "counted": {label: shown_credits(value) for label, value in one.where.items()},
            }
            for credit_id, one in found.credits.items()
            if one.where
        ],
    }


def _snapshot(
    session: Session, participation: Participation, told: dict[str, Any], *, person: Person, signer: str
) -> dict[str, Any]:
    """All that the certificate says, as it was on the day of issue."""
    program = programs.current()
    version = program.versions[participation.track_version_id]
    library = session.get(Library, participation.library_id) if participation.library_id else None
    return {
        "program": program.name,
        "title": program.title,
        "name": person.name,
        "track": version.track_name,
        "version": version.version,
        "library": library.name if library else "",
        "position": participation.position,
        **told,
        "signer": signer,
        "signer_title": program.settings["contact_name"],
    }


def open_renewal(session: Session, issued: Participation, at: datetime) -> None:
    """The renewal begins on the day that the certificate bears."""
    program = programs.current()
    version = program.version_for(issued.track_id, local_day(at, program.time_zone))
    anchor = issued.issued_on
    assert anchor is not None  # noqa: S101 -- the participation is issued
    session.add(
        Participation(
            person_id=issued.person_id,
            track_id=issued.track_id,
            track_version_id=version.id if version else issued.track_version_id,
            renewal=True,
            begins_on=anchor,
            due_on=years_after(anchor, int(program.settings["renewal_years"])),
            counts_after=participations.renewal_counts_after(issued),
            library_id=issued.library_id,
            position=issued.position,
            verifier_name=issued.verifier_name,
            verifier_email=issued.verifier_email,
            created_at=clock.now(),
        )
    )


def _return_others(session: Session, actor: Actor, certificate: Certificate) -> None:
    """Another submitted record that shows one of the credits is returned: they count once."""
    bound = select(BoundCredit.credit_id).where(BoundCredit.participation_id == certificate.participation_id)
    showing = select(SubmittedCredit.participation_id).where(col(SubmittedCredit.credit_id).in_(bound))
    others = session.exec(
        select(Participation)
        .where(Participation.person_id == certificate.person_id)
        .where(Participation.status == ParticipationStatus.SUBMITTED, col(Participation.id).in_(showing))
    ).all()
    for other in others:
        note = (
            f"Credits on it now count for the certificate {certificate.number}, and no credit counts twice. "
            "See what is missing, and submit the record again."
        )
        submitted.return_within(session, actor, other, note)


def _write_letter(session: Session, certificate: Certificate) -> None:
    told = {
        "number": certificate.number,
        "track": str(certificate.snapshot["track"]),
        "validity": f"It is valid until {written_day(certificate.due_on)}." if certificate.due_on else "",
    }
    letters.write(session, certificate.person_id, "certificate issued", told)


LONGEST_NAME = 80
_COUNT = text(
    "INSERT INTO certificate_counter (year, last) VALUES (:year, 1) "
    "ON CONFLICT (year) DO UPDATE SET last = certificate_counter.last + 1 RETURNING last"
)
