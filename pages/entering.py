"""A coordinator enters a credit for someone, or corrects one, with a reason that the person reads."""

from typing import Any

from nicegui import ui

from models.credits import CreditStatus
from models.errors import NotFound
from pages._places import Who, page
from pages._visit import Outcome, Visit
from pages.claim import event_facts
from pages.credit_entry import computed_words, entry_values
from pages.independent_event import EventForm
from services import credits, independent_events, people
from services.credits import EntryPage
from services.events import EventView
from ui.parts import chip, duplicate_note, esc, facts
from ui.sections import heading, html, section
from ui.sections import page as column


@page("/people/{person_id}/credits/new", who=Who.COORDINATOR, title="Enter a credit", nav="/review")
async def enter_page(visit: Visit, person_id: int) -> None:
    record = await visit.load(people.whole_record, person_id)
    visit.title = f"Enter a credit for {record.person.name}"
    with column(narrow=True):
        heading(
            visit.title,
            back=(record.person.name, f"/people/{person_id}"),
            intro="It is approved at once, and the person is told by letter, with your reason.",
        )

        async def save(values: dict[str, object], different: bool) -> Outcome[Any]:
            outcome = await visit.act(independent_events.enter_for, person_id, values, different=different)
            if outcome.done:
                ui.navigate.to(f"/people/{person_id}")
            return outcome

        EventForm(visit, {}, save, reason=True, cancel=f"/people/{person_id}")


@page("/people/{person_id}/credits/{claim_id}", who=Who.COORDINATOR, title="Credit", nav="/review")
async def correct_page(visit: Visit, person_id: int, claim_id: int) -> None:
    found = await visit.load(credits.entry, claim_id)
    if found.claim.person_id != person_id:
        raise NotFound
    visit.title = found.event.title
    with column(narrow=True):
        heading(found.event.title, back=(found.owner, f"/people/{person_id}"), beside=str(chip(found.status)))
        html(_about(found))
        if not found.is_independent or found.is_own or found.status == CreditStatus.WITHDRAWN:
            return

        async def save(values: dict[str, object], _different: bool) -> Outcome[Any]:
            outcome = await visit.act(independent_events.correct_for, claim_id, values)
            if outcome.done:
                ui.navigate.to(f"/people/{person_id}")
            return outcome

        with section("Correct it", intro="The status stays as it is. The person reads your reason."):
            EventForm(visit, entry_values(found), save, reason=True, deed="Correct", cancel=f"/people/{person_id}")


def _about(found: EntryPage) -> str:
    view = EventView(found.event, tuple((found.categories[row.category_id], row.credits) for row in found.rows))
    parts = [str(facts(event_facts(view))), computed_words(found)]
    if found.claim.note:
        parts.append(f'<p class="notice"><strong>Note to the coordinator:</strong> {esc(found.claim.note)}</p>')
    if found.rows[0].reason:
        parts.append(f'<p class="notice notice--wrong"><strong>Declined:</strong> {esc(found.rows[0].reason)}</p>')
    if found.duplicate:
        parts.append(str(duplicate_note(found.duplicate.why)))
    return f'<div class="sheet">{"".join(parts)}</div>'
