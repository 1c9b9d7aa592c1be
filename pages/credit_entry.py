"""One entry of one's own list: its state, and what its owner may do with it."""

from typing import Any

from nicegui import ui

from models.conversions import in_words
from models.credits import BY_ITSELF, CreditStatus, shown_credits
from models.times import local_time
from pages._history import draw_history
from pages._places import Who, page
from pages._visit import Outcome, Visit
from pages._words import in_program_zone
from pages.claim import event_facts
from pages.independent_event import EventForm
from services import credits, drafts, independent_events, programs
from services.credits import EntryPage
from services.events import EventView
from ui.dialogs import confirm
from ui.fields import text_field
from ui.form import Form
from ui.parts import chip, duplicate_note, esc, facts
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/ce/credits/{claim_id}", who=Who.SIGNED_IN, title="CE credit", nav="/ce")
async def credit_entry_page(visit: Visit, claim_id: int) -> None:
    found = await visit.load(credits.entry, claim_id)
    visit.title = found.event.title
    with column(narrow=True):
        back = ("Edit CE Credits", "/ce/credits") if found.is_own else (found.owner, f"/people/{found.claim.person_id}")
        heading(found.event.title, back=back, beside=str(chip(found.status)))
        html(_standing(found))
        if found.is_own and found.status == CreditStatus.PENDING:
            button("Withdraw", lambda: _withdraw(visit, found), kind="brick")
        if found.is_own and found.is_independent and found.status in {CreditStatus.PENDING, CreditStatus.DECLINED}:
            await _draw_change(visit, found)
        else:
            with box("sheet"):
                html(str(facts(event_facts(_view(found)))))
            if found.is_own and found.status == CreditStatus.DECLINED:
                _draw_resubmit(visit, found)
        await draw_history(visit, "claim", claim_id)


async def _draw_change(visit: Visit, found: EntryPage) -> None:
    claim_id = found.claim.id or 0
    key = f"{independent_events.FORM} {claim_id}"
    draft = await visit.load(drafts.kept, key)
    declined = found.status == CreditStatus.DECLINED
    with section("Correct and resubmit" if declined else "Change it"):

        async def save(values: dict[str, object], different: bool) -> Outcome[Any]:
            outcome = await visit.act(independent_events.change, claim_id, values, different=different)
            if outcome.done:
                ui.navigate.to(f"/ce/credits?saved={claim_id}")
            return outcome

        EventForm(
            visit,
            {**entry_values(found), **draft},
            save,
            draft_key=key,
            computed=True,
            transcript=_transcript(found, draft),
            cancel="/ce/credits",
            deed="Correct and resubmit" if declined else "SAVE",
        )


def _draw_resubmit(visit: Visit, found: EntryPage) -> None:
    """A declined claim of a calendar event has nothing to correct but what the coordinator should know."""
    form = Form()
    with section("Correct and resubmit"), box("form"):
        form.summary()
        form.add(
            text_field(
                "Note to the coordinator",
                name="note",
                kind="area",
                required=True,
                value=found.claim.note,
                hint="What was overlooked, or what has changed?",
            )
        )

        async def resubmit() -> None:
            outcome = await visit.act(
                independent_events.resubmit, found.claim.id or 0, str(form.values()["note"] or "")
            )
            if outcome.done:
                ui.navigate.to(f"/ce/credits?saved={found.claim.id}")
            visit.tell(outcome, form)

        button("Correct and resubmit", resubmit, kind="main")


async def _withdraw(visit: Visit, found: EntryPage) -> None:
    sure = await confirm(
        "Withdraw this credit?",
        f"“{found.event.title}” leaves your list and the queue. You can claim it again.",
        "Withdraw",
        grave=True,
    )
    if sure:
        outcome = await visit.act(independent_events.withdraw, found.claim.id or 0)
        if outcome.done:
            ui.navigate.to("/ce/credits")
        visit.tell(outcome)


def entry_values(found: EntryPage) -> dict[str, Any]:
    """An independent event as the form's fields hold it, in local time."""
    event = found.event
    begins, ends = local_time(event.begins_at, event.time_zone), local_time(event.ends_at, event.time_zone)
    return {
        "title": event.title,
        "begin_date": begins.date().isoformat(),
        "begin_time": begins.strftime("%H:%M"),
        "end_date": ends.date().isoformat(),
        "end_time": ends.strftime("%H:%M"),
        "sponsor": event.sponsor,
        "presenter": event.presenter,
        "category": programs.current().categories[found.rows[0].category_id].key,
        "credits": shown_credits(found.rows[0].credits),
        "description": event.description,
        "location": event.location,
        "link": event.link,
        "email": found.claim.email_on_assigned,
        **_computed(found),
    }


def _computed(found: EntryPage) -> dict[str, Any]:
    how = found.conversion
    return {"conversion": how.kind.value, "quantity": shown_credits(how.quantity), "topic": how.topic} if how else {}


def _transcript(found: EntryPage, draft: dict[str, Any]) -> tuple[str, str]:
    """The file that was chosen last."""
    if chosen := str(draft.get("transcript") or ""):
        return chosen, "your transcript"
    return (str(found.transcript.id), found.transcript.name) if found.transcript else ("", "")


def computed_words(found: EntryPage) -> str:
    """How the credits were computed, with the transcript; empty for what was attended."""
    if found.conversion is None:
        return ""
    file = found.transcript
    see = f' <a class="file-link" href="/documents/{file.id}">Transcript: {esc(file.name)}</a>' if file else ""
    topic = f" Topic: {esc(found.conversion.topic)}." if found.conversion.topic else ""
    return f'<p class="notice">{esc(in_words(found.conversion))}.{topic}{see}</p>'


def _view(found: EntryPage) -> EventView:
    return EventView(found.event, tuple((found.categories[row.category_id], row.credits) for row in found.rows))


def _standing(found: EntryPage) -> str:
    row = found.rows[0]
    by_itself = row.source in BY_ITSELF
    how = f"By {row.source}," if by_itself else "Claimed"
    parts = [f'<p class="second">{how} {esc(in_program_zone(found.claim.claimed_at))}</p>']
    if row.status == CreditStatus.DECLINED:
        parts.append(f'<p class="notice notice--wrong"><strong>Declined:</strong> {esc(row.reason)}</p>')
    if row.decided_at and row.status == CreditStatus.APPROVED and not by_itself:
        parts.append(f'<p class="second">Approved {esc(in_program_zone(row.decided_at))}</p>')
    if row.entered_reason:
        parts.append(f'<p class="notice">Entered or corrected by the coordinator: {esc(row.entered_reason)}</p>')
    parts.append(computed_words(found))
    if found.duplicate:
        parts.append(str(duplicate_note(found.duplicate.why)))
    return "".join(parts)
