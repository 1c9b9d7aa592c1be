"""Credits that are computed: college coursework with a transcript, and workshops that somebody gave."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base import HALF
from models.conversions import Computed, Conversion, ConversionKind, most_in_a_period, same_topic
from models.credits import Credit, CreditStatus
from models.documents import Document
from models.entries import LONGEST_TITLE
from models.errors import Problems
from models.events import Event, EventCreditLine
from models.registrations import Registration
from models.texts import typed
from models.times import local_day, shown_day
from services import documents, programs

ATTENDED = "ATTENDED"
TRANSCRIPT = "transcript"
MOST = Decimal(50)
FACTORS = {
    ConversionKind.PRESENTING: "presenting_factor",
    ConversionKind.SEMESTER: "semester_factor",
    ConversionKind.QUARTER: "quarter_factor",
}


def offered() -> dict[ConversionKind, int]:
    """The program's factors by kind; a kind whose factor is 0 is not offered."""
    found = {kind: int(programs.current().settings[name]) for kind, name in FACTORS.items()}
    return {kind: factor for kind, factor in found.items() if factor}


def compute(values: Mapping[str, object]) -> tuple[dict[str, object], Computed | None, dict[str, str]]:
    """The values with the credits computed, how, and the problems by field: `conversion`, quantity, topic, transcript.

    Without `conversion` in them, or for what was attended, the values come back as they are.
    """
    chosen, factors = str(values.get("conversion") or ATTENDED), offered()
    if chosen == ATTENDED:
        return dict(values), None, {}
    if chosen not in factors:
        return dict(values), None, {"conversion": "Choose what it was."}
    kind = ConversionKind(chosen)
    problems: dict[str, str] = {}
    quantity = _quantity(typed(values.get("quantity")), problems)
    topic = typed(values.get("topic"))[:LONGEST_TITLE] if kind == ConversionKind.PRESENTING else ""
    file = "" if kind == ConversionKind.PRESENTING else typed(values.get("transcript"))
    if kind == ConversionKind.PRESENTING and not topic:
        problems["topic"] = "Enter the topic of the workshop."
    if kind != ConversionKind.PRESENTING and not file:
        problems["transcript"] = "Choose the file with your transcript."
    computed = Computed(kind, quantity, factors[kind], topic, file)
    return {**values, "credits": str(computed.credits)}, computed, problems


def store(session: Session, person_id: int, event: Event, computed: Computed) -> None:
    """Keeps how the event's credits were computed, instead of what was kept before.

    The person's row is locked by the deed. Raises Problems: at `topic`, presented too often in a period; at
    `transcript`, not this person's file.
    """
    if computed.kind == ConversionKind.PRESENTING and (why := why_too_often(session, person_id, event, computed.topic)):
        raise Problems({"topic": why})
    document_id = None if computed.kind == ConversionKind.PRESENTING else _transcript(session, person_id, computed.file)
    forget(session, event)
    session.add(
        Conversion(
            event_id=event.id or 0,
            kind=computed.kind,
            quantity=computed.quantity,
            factor=computed.factor,
            topic=computed.topic,
            document_id=document_id,
        )
    )


def forget(session: Session, event: Event, unless: Decimal | None = None) -> None:
    """Its credits are typed, no longer computed; unless they are still so many."""
    before = session.get(Conversion, event.id)
    if before is not None and before.credits != unless:
        session.delete(before)
        session.flush()


def of_event(session: Session, event_id: int) -> tuple[Conversion | None, Document | None]:
    """How its credits were computed, with the transcript."""
    found = session.get(Conversion, event_id)
    return found, session.get(Document, found.document_id) if found and found.document_id else None


def _quantity(text: str, problems: dict[str, str]) -> Decimal:
    """1 stands for what cannot be read."""
    try:
        quantity = Decimal(text)
    except InvalidOperation:
        quantity = Decimal("NaN")
    if not quantity.is_finite() or quantity % HALF or not HALF <= quantity <= MOST:
        problems["quantity"] = f"Enter a number from .5 to {MOST}, in steps of .5, for example 3."
        return Decimal(1)
    return quantity


def _transcript(session: Session, person_id: int, file: str) -> int:
    document = documents.chosen(session, person_id, TRANSCRIPT, file)
    if document is None:
        raise Problems({"transcript": "Choose the file with your transcript."})
    return document.id or 0


def why_too_often(session: Session, person_id: int, event: Event, topic: str) -> str:
    """A sentence if this person presented the topic too often for this event to count, too; else nothing.

    A topic counts so many times in a period: the years that a credit counts for.
    """
    program = programs.current()
    before = [*_entered(session, person_id, event, topic), *_marked(session, person_id, event, topic)]
    most, years = int(program.settings["presenting_times"]), int(program.settings["look_back_years"])
    days = [local_day(one.ends_at, one.time_zone) for one in before]
    if most_in_a_period(days, local_day(event.ends_at, event.time_zone), years) <= most:
        return ""
    in_order = sorted(zip(days, [one.title for one in before], strict=True))
    listed = "; ".join(f"“{title}”, {shown_day(day)}" for day, title in in_order)
    times = {1: "once", 2: "twice"}.get(most, f"{most} times")
    return f"A topic counts {times} in {years} years, and you presented it before: {listed}."


def _entered(session: Session, person_id: int, event: Event, topic: str) -> list[Event]:
    """Her own entries of workshops on this topic, but for this event."""
    rows = session.exec(
        select(Event, Conversion)
        .join(Conversion, col(Conversion.event_id) == Event.id)
        .where(Event.owner_id == person_id, Event.id != event.id, Conversion.kind == ConversionKind.PRESENTING)
        .where(col(Event.id).in_(_live(person_id)))
    ).all()
    return [one for one, how in rows if same_topic(how.topic, topic)]


def _marked(session: Session, person_id: int, event: Event, topic: str) -> list[Event]:
    """Events of the calendar with this title whose attendance list names her as presenter, but for this event."""
    rows = session.exec(
        select(Event)
        .join(Registration, col(Registration.event_id) == Event.id)
        .where(Registration.person_id == person_id, col(Registration.presenter), Event.id != event.id)
        .where(col(Event.id).in_(_live(person_id)))
    ).all()
    return [one for one in rows if same_topic(one.title, topic)]


def _live(person_id: int) -> SelectOfScalar[int]:
    """Events of which she has credits that stand."""
    return (
        select(EventCreditLine.event_id)
        .join(Credit, col(Credit.line_id) == EventCreditLine.id)
        .where(Credit.person_id == person_id)
        .where(col(Credit.status).in_([CreditStatus.PENDING, CreditStatus.APPROVED]))
    )
