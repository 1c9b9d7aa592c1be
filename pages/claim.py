"""A past event with all its details, and SAVE."""

from nicegui import ui

from models.credits import counted_credits, shown_credits
from models.duplicates import Likeness
from models.errors import WrongState
from models.times import shown_span
from pages._places import Who, page
from pages._visit import Visit
from services import claims, events
from services.events import EventView
from ui.parts import esc, facts
from ui.sections import box, button, heading, html
from ui.sections import page as column


@page("/ce/claim/{event_id}", who=Who.SIGNED_IN, title="Claim an event", nav="/ce")
async def claim_page(visit: Visit, event_id: int) -> None:
    view = await visit.read(events.one, event_id)
    outlook = await visit.load(claims.outlook, event_id)
    visit.title = view.event.title
    with column(narrow=True):
        heading(view.event.title, back=("Continuing Education Control Panel", "/ce"))
        with box("sheet"):
            html(str(facts(event_facts(view))))
        if outlook.standing:
            html(
                '<p class="notice">This event is in your list already. '
                f'<a href="/ce/credits/{outlook.standing}">See that credit</a></p>'
            )
            return
        if outlook.why_not:
            html(f'<p class="notice">{esc(outlook.why_not)}</p>')
            return

        async def save() -> None:
            saving.disable()
            outcome = await visit.act(claims.claim_event, event_id)
            if outcome.value:
                ui.navigate.to(f"/ce/credits?saved={outcome.value.claim_id}")
            else:
                saving.enable()
                visit.tell(outcome)
                if isinstance(outcome.refusal, WrongState):
                    problem.set_content(f'<p class="notice notice--dup" role="alert">{esc(outcome.sentence)}</p>')

        if outlook.alike:
            html(_duplicate_notice(outlook.alike))
        problem = html("")
        with box("deeds"):
            saving = button("SAVE", save, kind="main", size="big")
            html('<a class="btn btn--quiet" href="/ce">Cancel</a>')
        html('<p class="hint">The credit stands in your list as PENDING until the coordinator approves it.</p>')


def event_facts(view: EventView) -> list[tuple[str, str]]:
    """What there is to know about an event, in ASPeN's order; empty lines are left out."""
    event = view.event
    rows = [
        ("When", shown_span(event.begins_at, event.ends_at, event.time_zone)),
        ("Where", "Online" + (f": {event.location}" if event.location else "") if event.online else event.location),
        ("Sponsor", event.sponsor),
        ("Trainer/Presenter", event.presenter),
        ("Credits", "; ".join(f"{shown_credits(value)} {category}" for category, value in view.credits)),
        (
            "Together",
            counted_credits(sum(value for _, value in view.credits[1:]) + view.credits[0][1])
            if len(view.credits) > 1
            else "",
        ),
        ("Description", event.description),
        ("Link", event.link),
    ]
    return [(name, value) for name, value in rows if value]


def _duplicate_notice(alike: tuple[Likeness, ...]) -> str:
    items = "".join(f'<p>{esc(one.why)} <a href="/ce/credits/{one.claim_id}">See that credit</a></p>' for one in alike)
    return (
        f'<div class="notice notice--dup"><h2>This looks like a duplicate</h2>{items}'
        "<p>If it is a different event, SAVE it as well; the coordinator sees this note.</p></div>"
    )
