"""A coordinator gives one person more time, or waives credits of a requirement; with a reason."""

from pages._visit import Visit
from services import programs, reliefs
from services.participations import ParticipationPage
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.sections import box, button, html, section


def draw_reliefs(visit: Visit, found: ParticipationPage) -> None:
    """Both forms, under the record."""
    with section("More time, fewer credits", intro="For this person alone. The reason stands in the record."):
        if found.participation.due_on is not None:
            _draw_extension(visit, found)
        _draw_waiver(visit, found)


def _draw_extension(visit: Visit, found: ParticipationPage) -> None:
    form = Form()
    html("<h3>Extend the due day</h3>")
    with box("form"):
        form.summary()
        form.add(text_field("New due day", name="due_on", kind="date", required=True))
        form.add(text_field("Reason for the extension", name="reason", kind="area", required=True))

        async def extend() -> None:
            outcome = await visit.act(reliefs.extend, found.participation.id or 0, form.values())
            visit.tell(outcome, form)
            if outcome.done:
                form.clear()
                visit.toast.say("Extended. The person is told by letter.")

        with box("deeds"):
            button("Extend", extend)


def _draw_waiver(visit: Visit, found: ParticipationPage) -> None:
    one, form = found.participation, Form()
    rules = programs.current().versions[one.track_version_id].rules(renewal=one.renewal)
    html("<h3>Waive credits</h3>")
    with box("form"):
        form.summary()
        form.add(
            choice_field(
                "Requirement",
                name="requirement",
                options={part.key: f"{part.label}, {part.minimum.normalize():f}" for part in rules.requirements},
                placeholder="Choose",
                required=True,
            )
        )
        hint = "In steps of .5; 0 takes a waiver back."
        form.add(text_field("Credits to waive", name="credits", required=True, hint=hint))
        form.add(text_field("Reason for the waiver", name="reason", kind="area", required=True))

        async def waive() -> None:
            outcome = await visit.act(reliefs.waive, one.id or 0, form.values())
            visit.tell(outcome, form)
            if outcome.done:
                form.clear()
                visit.toast.say("Saved. The person is told by letter.")

        with box("deeds"):
            button("Waive", waive)
