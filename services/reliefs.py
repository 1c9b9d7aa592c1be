"""More time, or fewer credits, for one person: a coordinator's deed with a reason that stands in the result."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlmodel import Session

from models.base import HALF
from models.credits import counted_credits
from models.errors import Problems
from models.evaluation import Requirement
from models.participations import Participation
from models.times import shown_day, years_after
from services import letters, programs, submitted
from services.access import Actor, load_participation, require_coordinator
from services.db import writing


def extend(actor: Actor, participation_id: int, values: Mapping[str, object]) -> None:
    """Moves the due day to `due_on` (ISO), for a `reason`.

    Raises NotFound, NotAllowed (her own), WrongState, Problems by field.
    """
    require_coordinator(actor)
    with writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        day, reason = _day(values), _reason(values)
        participation.extend(actor.person_id, day, reason)
        submitted.record(session, actor, "participation:extended", participation, reason=reason, until=day.isoformat())
        _tell(session, participation, "due day extended", due=shown_day(day), reason=reason)


def waive(actor: Actor, participation_id: int, values: Mapping[str, object]) -> None:
    """So many `credits` of a `requirement` (its key) need not be earned, for a `reason`; 0 takes a waiver back.

    Raises NotFound, NotAllowed (her own), WrongState, Problems by field.
    """
    require_coordinator(actor)
    with writing() as session:
        participation = load_participation(session, actor, participation_id, lock=True)
        reason = _reason(values)
        part = _requirement(participation, str(values.get("requirement") or ""))
        credits = _credits(str(values.get("credits") or ""), part)
        participation.waive(actor.person_id, part.key, credits, reason)
        _refuse_all(participation)
        what = (
            f"{counted_credits(credits)} of “{part.label}” need not be earned."
            if credits
            else f"“{part.label}” is to be earned in full again."
        )
        submitted.record(session, actor, "participation:waived", participation, reason=reason, what=what)
        _tell(session, participation, "requirement waived", what=what, reason=reason)


def _day(values: Mapping[str, object]) -> date:
    try:
        day = date.fromisoformat(str(values.get("due_on") or ""))
    except ValueError as error:
        raise Problems({"due_on": "Enter the new due day."}) from error
    if day > years_after(programs.current().today(), MOST_YEARS):
        raise Problems({"due_on": "Check the year."})
    return day


def _requirement(participation: Participation, key: str) -> Requirement:
    found = next((part for part in _requirements(participation) if part.key == key), None)
    if found is None:
        raise Problems({"requirement": "Choose a requirement."})
    return found


def _requirements(participation: Participation) -> tuple[Requirement, ...]:
    return programs.current().versions[participation.track_version_id].rules(renewal=participation.renewal).requirements


def _refuse_all(participation: Participation) -> None:
    """A certificate says what was earned, and a supervisor verifies it: something has to be left."""
    waived = participation.waived
    if waived and all(part.key in waived and waived[part.key].credits >= part.minimum
                      for part in _requirements(participation)):  # fmt: skip
        raise Problems({"credits": "Not everything can be waived: at least half a credit stays to be earned."})


def _credits(text: str, part: Requirement) -> Decimal:
    try:
        credits = Decimal(text.strip() or "x")
    except InvalidOperation as error:
        raise Problems({"credits": "Enter how many credits are waived, such as 5."}) from error
    if not credits.is_finite() or credits % HALF or not 0 <= credits <= part.minimum:
        raise Problems({"credits": f"Enter 0 to {part.minimum.normalize():f}, in steps of .5."})
    return credits


def _reason(values: Mapping[str, object]) -> str:
    return str(values.get("reason") or "")[:LONGEST_REASON]


def _tell(session: Session, participation: Participation, kind: str, **told: str) -> None:
    track = programs.current().versions[participation.track_version_id].track_name
    letters.write(session, participation.person_id, kind, {"track": track, **told})


LONGEST_REASON = 2000
MOST_YEARS = 12
