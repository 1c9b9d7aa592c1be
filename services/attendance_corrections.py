"""Corrections of an attendance list that was closed: the credits follow, and the person reads why."""

from models.errors import Problems, WrongState
from models.registrations import Registration
from models.texts import typed
from services import (
    attendance_credits,
    attendance_sheet,
    attendance_worth,
    db,
    registration_letters,
    registration_records,
)
from services.access import Actor, refuse_editors
from services.attendance import Mark, apply_mark, load_seat


def correct(actor: Actor, registration_id: int, told: Mark, reason: str) -> str:
    """Says it differently after attendance was closed; her credits follow, and she gets a letter with the reason.

    A credit that is verified or that a certificate counts stays: the answer says so, else it is empty. Raises
    NotFound, WrongState (still open), NotAllowed (her own, or no coordinator), Problems.
    """
    if not typed(reason):
        raise Problems({"reason": "Say why: the person reads it in a letter."})
    if told.what not in {"present", "absent"}:
        raise Problems({"what": "Say whether the person was present or absent."})
    return db.once_more(lambda: _correct(actor, registration_id, told, reason))


def _correct(actor: Actor, registration_id: int, told: Mark, reason: str) -> str:
    with db.writing() as session:
        registration, event = load_seat(session, actor, registration_id, lock=True)
        refuse_editors(actor)
        if event.attendance_closed_at is None:
            raise WrongState("Attendance is still open: mark it in the list.")
        before = _said(registration)
        apply_mark(registration, event, actor, told)
        if _said(registration) == before and not attendance_sheet.differs(session, registration, event):
            raise Problems({"what": "The list says so already: nothing would change."})
        registration.reason = typed(reason)
        session.flush()
        kept = attendance_credits.follow(session, registration, event, typed(reason))
        said = attendance_worth.in_words(session, registration, event, kept)
        registration_letters.corrected(session, registration, event, said=said, reason=typed(reason))
        registration_records.note(session, actor, "registration:corrected", registration, event, reason=typed(reason))
        return kept


def _said(row: Registration) -> tuple[object, ...]:
    return row.state, row.minutes, row.presenter
