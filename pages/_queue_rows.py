"""Entries of the queue as the list shows them."""

from models.credits import CreditStatus, shown_credits
from models.events import EventKind
from models.times import local_day, shown_ago, shown_day, shown_since
from pages._words import now
from services import programs
from services.access import Actor
from services.queue_entries import Entry
from ui.queue_list import QueueRow


def queue_row(entry: Entry, actor: Actor) -> QueueRow:
    """One row, as this coordinator sees it."""
    categories = programs.current().categories
    independent = entry.kind == EventKind.INDEPENDENT
    own = entry.person_id == actor.person_id
    return {
        "id": entry.claim_id,
        "kind": "Event" if independent else "Credit",
        "title": entry.title,
        "category": ", ".join(categories[id_].name for id_ in dict.fromkeys(entry.category_ids)),
        "person": entry.person,
        "library": entry.libraries[0] if entry.libraries else "",
        "credits": shown_credits(entry.credits),
        "waiting": shown_since(entry.waiting_since, now()),
        "when": shown_day(local_day(entry.ends_at, entry.time_zone)),
        "status": CreditStatus(entry.status).value,
        "decided": decided_words(entry, actor),
        "duplicate": entry.duplicate or remark(entry),
        "own": own,
        "can_reopen": entry.status in {CreditStatus.APPROVED, CreditStatus.DECLINED} and not own,
        "href": f"/people/{entry.person_id}",
        "record": entry.record,
        "detail_href": f"/people/{entry.person_id}/credits/{entry.claim_id}",
    }


def decided_words(entry: Entry, actor: Actor) -> str:
    """`Approved just now by you`; empty while it waits."""
    if entry.status == CreditStatus.WITHDRAWN:
        return "Withdrawn by its owner"
    if entry.decided_at is None:
        return ""
    ago = shown_ago(entry.decided_at, now())
    who = "you" if entry.decided_by == actor.name else entry.decided_by
    return f"{entry.status.capitalize()} {ago} by {who}"


def remark(entry: Entry) -> str:
    """More credit than the event is long, or a note by the person."""
    hours = (entry.ends_at - entry.begins_at).total_seconds() / 3600
    if entry.note:
        return f"Note: {entry.note}"
    if entry.computed:
        return entry.computed
    if entry.kind == EventKind.INDEPENDENT and float(entry.credits) > hours:
        return f"{shown_credits(entry.credits)} credits for {hours:.1f} hours".replace(".0 hours", " hours")
    return ""
