"""The first sign-in of somebody new: her name, her library and what she is there."""

from nicegui import ui

from pages._places import Who, page
from pages._visit import Visit
from services import introduction
from services.introduction import NOT_LISTED, Asked
from services.positions import KINDS
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.sections import box, button, heading
from ui.sections import page as column


@page("/welcome", who=Who.SIGNED_IN, title="Welcome")
async def welcome_page(visit: Visit) -> None:
    asked = await visit.load(introduction.asked)
    with column(narrow=True):
        heading(
            "Welcome to ASPeN Continuing Education",
            intro="You are here for the first time. Tell us who you are and where you work; then your record begins.",
        )
        _draw_form(visit, asked)


def _draw_form(visit: Visit, asked: Asked) -> None:
    form = Form()

    async def save() -> None:
        outcome = await visit.act(introduction.introduce, form.values())
        if outcome.done:
            ui.navigate.to("/ce")
        visit.tell(outcome, form)

    with box("form"):
        form.summary()
        _add_names(form, asked)
        _add_library(form, asked)
        with box("deeds"):
            button("Begin", save, kind="main", size="big")


def _add_names(form: Form, asked: Asked) -> None:
    first = text_field(
        "First name", name="first_name", value=asked.first_name, required=True, autocomplete="given-name"
    )
    last = text_field("Last name", name="last_name", value=asked.last_name, required=True, autocomplete="family-name")
    form.pair(form.add(first), form.add(last), name="name")
    if not asked.email_is_known:
        form.add(
            text_field(
                "E-mail",
                name="email",
                value=asked.email,
                kind="email",
                required=True,
                autocomplete="email",
                hint="It counts once you have opened the link that we send to it.",
            )
        )


def _add_library(form: Form, asked: Asked) -> None:
    options = {NOT_LISTED: "My library is not listed", **{str(number): name for number, name in asked.libraries}}

    def chosen(value: str) -> None:
        listed = value != NOT_LISTED
        other.set_visibility(not listed)
        at_library.set_visibility(listed)

    form.add(
        choice_field(
            "Library",
            name="library",
            options=options,
            required=True,
            placeholder="Choose your library",
            on_change=chosen,
        )
    )
    with box("") as other:
        form.add(text_field("Name of your library", name="other_library", required=True, max_length=120))
    with box("") as at_library:
        form.add(
            choice_field(
                "What you are there",
                name="kind",
                options={str(kind): name for kind, name in KINDS.items()},
                required=True,
                placeholder="Choose one",
            )
        )
        form.add(text_field("Since", name="begins", kind="date", hint="Leave it empty if you do not remember the day."))
    chosen("")
