"""Libraries, for the administrator."""

from collections.abc import Sequence

from nicegui import ui

from pages._history import draw_history
from pages._paged_list import PagedList
from pages._places import Who, page
from pages._visit import Visit
from services import libraries
from services.libraries import PAGE, WHICH, LibraryLine
from ui.fields import text_field
from ui.form import Form
from ui.parts import chip, esc
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/admin/libraries", who=Who.ADMINISTRATOR, title="Libraries")
async def admin_libraries_page(visit: Visit) -> None:
    with column():
        heading("Libraries", intro="Where people hold positions. A closed one is offered nowhere and stays in history.")
        with box("deeds"):
            html('<a class="btn btn--plain" href="/admin/libraries/new">Add a library</a>')
        listed = PagedList(
            visit,
            libraries.page,
            _table,
            a_page=PAGE,
            called="libraries",
            hint="Name, city or kind",
            choices=WHICH,
        )
        await listed.load()


@page("/admin/libraries/new", who=Who.ADMINISTRATOR, title="Add a library", nav="/admin/libraries")
async def new_library_page(visit: Visit) -> None:
    with column(narrow=True):
        heading("Add a library", back=("Libraries", "/admin/libraries"))
        _draw_form(visit, None)


@page("/admin/libraries/{library_id}", who=Who.ADMINISTRATOR, title="Library", nav="/admin/libraries")
async def library_page(visit: Visit, library_id: int) -> None:
    line = await visit.load(libraries.show, library_id)
    visit.title = line.name
    with column(narrow=True):
        holders = "1 person holds" if line.people == 1 else f"{line.people} people hold"
        heading(line.name, back=("Libraries", "/admin/libraries"), intro=f"{holders} a position here today.")
        _draw_form(visit, line)
        _draw_closing(visit, line)
        await draw_history(visit, "library", library_id)


def _draw_form(visit: Visit, line: LibraryLine | None) -> None:
    form = Form()

    async def save() -> None:
        outcome = await visit.act(libraries.save, line.id if line else None, form.values())
        visit.tell(outcome, form)
        if outcome.done and line is None:
            ui.navigate.to(f"/admin/libraries/{outcome.value}")
        elif outcome.done:
            form.clear()
            visit.toast.say("Saved.")

    with box("form"):
        form.summary()
        form.add(text_field("Name", name="name", value=line.name if line else "", required=True))
        form.add(text_field("City", name="city", value=line.city if line else ""))
        form.add(text_field("Kind", name="kind", value=line.kind if line else "", hint="public, academic, school …"))
        with box("deeds"):
            button("Save" if line else "Add", save, kind="main")


def _draw_closing(visit: Visit, line: LibraryLine) -> None:
    title = "Open this library again" if line.is_closed else "Close this library"

    async def change() -> None:
        outcome = await visit.act(libraries.set_closed, line.id, not line.is_closed)
        visit.tell(outcome)
        if outcome.done:
            ui.navigate.to("/admin/libraries")

    with section("Closed" if line.is_closed else "Open"), box("deeds"):
        button(title, change, kind="plain" if line.is_closed else "brick")


def _table(lines: Sequence[LibraryLine]) -> str:
    rows = "".join(
        f'<tr><td><a class="title" href="/admin/libraries/{one.id}">{esc(one.name)}</a></td><td>{esc(one.city)}</td>'
        f'<td>{esc(one.kind)}</td><td class="n">{one.people}</td>'
        f'<td class="state">{chip("Closed") if one.is_closed else ""}</td></tr>'
        for one in lines
    )
    return (
        '<table class="tb tb--libraries"><caption class="sr">Libraries by name</caption><thead><tr><th scope="col">Name'
        '</th><th scope="col">City</th><th scope="col">Kind</th><th scope="col" class="n">People today</th>'
        f'<th scope="col"><span class="sr">Standing</span></th></tr></thead><tbody>{rows}</tbody></table>'
    )
