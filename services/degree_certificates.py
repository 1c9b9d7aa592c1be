"""The certificate that a degree stands for: dated the day of graduation, with the renewal from that day."""

from datetime import date

from sqlmodel import Session, col, select

from models.certificates import Certificate, CertificateStatus
from models.degrees import Degree
from models.errors import WrongState
from models.participations import Participation
from models.times import shown_day, years_after
from services import certificates, clock, programs
from services.access import Actor


def issue(session: Session, actor: Actor, participation: Participation, degree: Degree) -> Certificate:
    """Inside the deed that records the degree; no credit is bound. The source of the rule is the program's settings.

    Raises WrongState, NotAllowed (her own).
    """
    version = programs.current().versions[participation.track_version_id]
    due_on = years_after(degree.graduated_on, version.years)
    _refuse_shorter(session, participation, due_on)
    by = certificates.Issue(actor.person_id, actor.name, clock.now())
    participation.issue_by_degree(
        actor.person_id, by.at, degree=degree.in_words, graduated_on=degree.graduated_on, due_on=due_on
    )
    session.add(participation)
    session.flush()
    told = {
        "renewal": participation.renewal,
        "lines": [],
        "total": "",
        "credits": [],
        "degree": degree.in_words,
    }
    certificate = certificates.make_out(session, participation, by, told)
    certificates.open_renewal(session, participation, by.at)
    session.flush()
    certificates.tell_of(session, actor, certificate)
    return certificate


def _refuse_shorter(session: Session, participation: Participation, due_on: date) -> None:
    """Raises WrongState: nobody loses time by a degree, nor gets a certificate that has ended already."""
    if due_on < programs.current().today():
        raise WrongState(f"A certificate from this day of graduation would have ended on {shown_day(due_on)}.")
    longer = session.exec(
        select(Certificate.number)
        .join(Participation, col(Participation.id) == Certificate.participation_id)
        .where(
            Certificate.person_id == participation.person_id,
            Certificate.status == CertificateStatus.VALID,
            Participation.track_id == participation.track_id,
            col(Certificate.due_on) >= due_on,
        )
    ).first()
    if longer:
        raise WrongState(f"{longer} is valid longer than a certificate from this degree would be.")
