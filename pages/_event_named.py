"""On the page of who runs an event: who is named on it, and what is handed out."""

from functools import partial

from nicegui import ui

from models.events import EventResource, EventRole
from pages._visit import Outcome, Visit
from services import event_people, event_resources
from services.event_people import Named
from ui.fields import choice_field, text_field
from ui.file_field import file_field
from ui.form import Form
from ui.parts import empty, esc
from ui.sections import box, button, html, section

ROLES = {
    EventRole.TRAINER.value: "Trainer",
    EventRole.CONTACT.value: "Contact",
    EventRole.EDITOR.value: "May edit this event",
}


def draw_people(visit: Visit, event_id: int, people: list[Named]) -> None:
    """Trainers and contacts stand on the event's page; who may edit it is allowed by a coordinator."""
    form = Form()
    coordinator = visit.actor.is_coordinator
    offered = {key: words for key, words in ROLES.items() if coordinator or key != EventRole.EDITOR}

    async def add() -> None:
        values = form.values()
        outcome = await visit.act(event_people.add, event_id, str(values["email"] or ""), str(values["role"] or ""))
        _after(visit, event_id, outcome, form)

    async def remove(one: Named) -> None:
        _after(visit, event_id, await visit.act(event_people.remove, event_id, one.person_id, one.role.value))

    with section("People", anchor="people"):
        if not people:
            html(str(empty("Nobody is named on it.")))
        for one in people:
            with box("named"):
                library = f'<p class="second">{esc(one.library)}</p>' if one.library else ""
                html(f"<div><strong>{esc(one.name)}</strong>, {ROLES[one.role.value].lower()}{library}</div>")
                if coordinator or one.role != EventRole.EDITOR:
                    words = f"Remove {one.name}, {ROLES[one.role.value].lower()}"
                    button("Remove", partial(remove, one), kind="quiet").props(f'aria-label="{esc(words)}"')
        with box("form"):
            form.summary()
            form.add(text_field("E-mail address of the person", name="email", kind="email", required=True))
            form.add(choice_field("As", name="role", options=offered, value=EventRole.TRAINER.value, required=True))
            button("Add the person", add)


def draw_resources(visit: Visit, event_id: int, resources: list[EventResource]) -> None:
    """Links and files that stand on the event's page."""
    form = Form()

    async def add() -> None:
        outcome = await visit.act(event_resources.add, event_id, form.values())
        _after(visit, event_id, outcome, form)

    async def remove(one: EventResource) -> None:
        _after(visit, event_id, await visit.act(event_resources.remove, event_id, one.id or 0))

    with section("Resources", anchor="resources"):
        if not resources:
            html(str(empty("Nothing is handed out.")))
        for one in resources:
            with box("named"):
                html(f"<div><strong>{esc(one.title)}</strong>{'' if one.link else ', a file'}</div>")
                words = f"Remove {one.title}"
                button("Remove", partial(remove, one), kind="quiet").props(f'aria-label="{esc(words)}"')
        with box("form"):
            form.summary()
            form.add(text_field("What it is", name="title", required=True, max_length=200))
            form.add(text_field("Its link", name="resource_link", kind="url", placeholder="https://"))
            hint = "Or a file: a PDF or a picture, at most 10 MB. Everybody who sees the event can open it."
            form.add(file_field("File", name="file", purpose=event_resources.PURPOSE, hint=hint))
            button("Add the resource", add)


def _after(visit: Visit, event_id: int, outcome: Outcome[None], form: Form | None = None) -> None:
    visit.tell(outcome, form)
    if outcome.done:
        ui.navigate.to(f"/events/{event_id}/manage?changed=1")
