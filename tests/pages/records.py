"""What the demo's people have in their records, found for a test."""

from datetime import timedelta
from itertools import count
from urllib.parse import urlsplit

from sqlmodel import col, select

from models.claims import Claim
from models.credits import Credit, CreditStatus
from models.degrees import Degree
from models.events import Event, EventCreditLine, EventKind, EventState, RegistrationMode
from models.evidence import EvidenceRequest, EvidenceSample
from models.letters import Letter, LetterState
from models.participations import Participation, ParticipationStatus
from models.people import Person
from models.supervision import RequestKind, VerificationRequest
from services import (
    clock,
    db,
    demo,
    documents,
    evidence,
    letter_wishes,
    participations,
    profile,
    programs,
    supervision,
    supervision_sheets,
)
from services.access import Actor
from services.sign_in import who
from tests import make
from tests.handed_in import diploma, picture

FIVE = ("participant", "director", "board_chair", "coordinator", "administrator")


def actor(key: str) -> Actor:
    """One of the five, in a session of her own."""
    return who(demo.sign_in_as(key))


def person(name: str) -> int:
    with db.reading() as session:
        return next(one.id or 0 for one in session.exec(select(Person)) if one.name == name)


def claim_of(key: str, status: CreditStatus = CreditStatus.PENDING, kind: EventKind | None = None) -> int:
    """The newest claim with that status that one of the five has; a new one for her who has nothing."""
    owner = actor(key)
    chosen = (
        select(Claim.id)
        .join(Credit, col(Credit.claim_id) == Claim.id)
        .join(Event, col(Event.id) == Claim.event_id)
        .where(Claim.person_id == owner.person_id, Credit.status == status)
        .order_by(col(Claim.id).desc())
    )
    if kind is not None:
        chosen = chosen.where(Event.kind == kind)
    with db.reading() as session:
        found = session.exec(chosen).first()
    return found or make.claim(owner, "A Course of Her Own")


def participation_of(key: str) -> int:
    """The open participation of one of the five; she who has none takes up a track."""
    owner = actor(key)
    with db.reading() as session:
        taken_up = participations.of_person(session, owner.person_id)
    return next((one.id or 0 for one in taken_up if one.is_open), 0) or participations.add(owner, make.track())


def document_of(key: str) -> int:
    """A picture that one of the five hands in."""
    owner = actor(key)
    return documents.keep(owner, owner.person_id, "diploma", "Diploma.jpg", picture()).id or 0


def degree_of(key: str) -> int:
    """A degree that one of the five has handed in, on any track of theirs or a new one."""
    owner, file = actor(key), diploma(actor(key))
    with db.writing() as session:
        part = session.exec(select(Participation).where(Participation.person_id == owner.person_id)).first()
        if part is None:
            part = Participation(person_id=owner.person_id, track_id=make.track(), created_at=clock.now(),
                                 track_version_id=next(iter(programs.current().versions)),
                                 begins_on=make.NOON.date())  # fmt: skip
            session.add(part)
            session.flush()
        degree = session.exec(select(Degree).where(Degree.participation_id == part.id)).first() or Degree(
            person_id=owner.person_id, participation_id=part.id or 0, institution="Emporia State University",
            kind="MLS", graduated_on=make.NOON.date(), document_id=int(file), handed_in_at=clock.now(),
        )  # fmt: skip
        session.add(degree)
        session.flush()
        return degree.id or 0


def evidence_of(key: str) -> int:
    """The first credit of one of the five of which evidence is asked, by a sample drawn for it."""
    owner, drawer, claim_id = actor(key).person_id, actor("coordinator").person_id, claim_of(key)
    with db.writing() as session:
        credit = session.exec(select(Credit).where(Credit.claim_id == claim_id).order_by(col(Credit.id))).first()
        assert credit
        found = session.exec(select(EvidenceRequest).where(EvidenceRequest.credit_id == credit.id)).first()
        if found is None:
            day = make.NOON.date()
            sample = EvidenceSample(seed=key, since=day, until=day, population=1, population_sha256="0" * 64, drawn=1,
                                    drawn_at=clock.now(), drawn_by_id=drawer)  # fmt: skip
            session.add(sample)
            session.flush()
            found = EvidenceRequest(sample_id=sample.id or 0, credit_id=credit.id or 0, person_id=owner,
                                    asked_at=clock.now(), due_on=day)  # fmt: skip
            session.add(found)
            session.flush()
        return found.id or 0


def evidence_received_of(key: str) -> int:
    """The same, with a picture handed in for it."""
    number, owner = evidence_of(key), actor(key)
    file = documents.keep(owner, owner.person_id, "proof", "Certificate of attendance.jpg", picture()).id
    evidence.hand_in(owner, number, {"file": str(file), "answer": "We use it at every story hour since."})
    return number


def sample_of(key: str) -> int:
    """The sample that drew a credit of one of the five."""
    with db.reading() as session:
        return session.get_one(EvidenceRequest, evidence_of(key)).sample_id


def letter_of(key: str) -> int:
    """A letter to one of the five that the mail server refused."""
    person_id = actor(key).person_id
    with db.writing() as session:
        row = Letter(
            kind="credit declined",
            person_id=person_id,
            address=f"{key}@example.org",
            subject="Declined: A Course of Her Own",
            body="Hello,\n\nnot about libraries.",
            state=LetterState.FAILED,
            problem="The mail server said: 550 No such person here",
            attempts=1,
            created_at=clock.now(),
            send_after=clock.now(),
        )
        session.add(row)
        session.flush()
        return row.id or 0


def unsubscribe_link(key: str = "participant") -> str:
    """The path at the foot of a letter about an approved credit."""
    return urlsplit(letter_wishes.link(actor(key).person_id, "credit approved")).path


def handed_in() -> int:
    """The participation whose record the demo's trustee has submitted."""
    with db.reading() as session:
        submitted = select(Participation.id).where(Participation.status == ParticipationStatus.SUBMITTED)
        return session.exec(submitted).first() or 0


def title_of(claim_id: int) -> str:
    with db.reading() as session:
        return session.get_one(Event, session.get_one(Claim, claim_id).event_id).title


def sponsored(*, ended: bool = True, with_credit: bool = True) -> int:
    """An event of the calendar, ended yesterday or still to come."""
    now, gives_credit = clock.now(), select(EventCreditLine.event_id)
    with db.reading() as session:
        chosen = select(Event.id).where(
            Event.registration == RegistrationMode.NONE,
            Event.state == EventState.PUBLISHED,
            Event.kind == EventKind.SPONSORED,
            col(Event.ends_at) < now - timedelta(days=1) if ended else col(Event.begins_at) > now,
            col(Event.id).in_(gives_credit) if with_credit else col(Event.id).not_in(gives_credit),
        )
        return session.exec(chosen.order_by(col(Event.ends_at).desc())).first() or 0


def independent_of(key: str) -> int:
    """An event that one of the five entered herself."""
    with db.reading() as session:
        return session.exec(select(Event.id).where(Event.owner_id == actor(key).person_id)).first() or 0


def track_named(name: str) -> str:
    """A track as the value of the drop-down."""
    return next(str(id_) for id_, track in programs.current().tracks.items() if track.name == name)


def email_link(email: str = "maria@darby.example.org") -> str:
    """Maria asks for another address; the link of the letter to it."""
    maria = actor("participant")
    if profile.pending_email(maria) != email:
        profile.change(maria, {"first_name": "Maria", "last_name": "Delgado", "email": email})
    return profile.demo_link(maria)


def request_to(key: str) -> int:
    """A new request that asks this person to verify credits of somebody else."""
    asked, ann = actor(key), make.person(f"Ann Ames {next(_numbers)}")
    with db.writing() as session:
        request = VerificationRequest(
            kind=RequestKind.INTERIM,
            person_id=ann.person_id,
            until_on=programs.current().today(),
            verifier_name=asked.name,
            verifier_email="somebody@example.org",
            verifier_id=asked.person_id,
            token_hash="",
            asked_at=clock.now(),
            expires_at=clock.now(),
        )
        supervision.send(session, request)
        return request.id or 0


def supervisor_link(key: str) -> str:
    """The secret of a link that asks this person."""
    number = request_to(key)
    with db.reading() as session:
        return supervision_sheets.token_of(session.get_one(VerificationRequest, number))


_numbers = count(1)
