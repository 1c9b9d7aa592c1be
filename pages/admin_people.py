"""The directory of people, for the program's office."""

from collections.abc import Sequence

from pages._paged_list import PagedList
from pages._places import Who, page
from pages._visit import Visit
from services import directory
from services.directory import PAGE, WHICH, PersonLine
from ui.parts import chip, esc
from ui.sections import box, heading, html
from ui.sections import page as column


@page("/admin/people", who=Who.OFFICE, title="People")
async def admin_people_page(visit: Visit) -> None:
    with column():
        heading("People", intro="Everybody who has a record here. Open one to correct it or to merge two.")
        with box("deeds"):
            html('<a class="btn btn--plain" href="/admin/people/new">Add a person</a>')
        listed = PagedList(
            visit,
            directory.page,
            people_table,
            a_page=PAGE,
            called="people",
            hint="Name, e-mail or library",
            choices=WHICH,
            choice=visit.query.get("which", ""),
        )
        await listed.load()


def people_table(lines: Sequence[PersonLine]) -> str:
    return (
        '<table class="tb tb--people"><caption class="sr">People by last name</caption><thead><tr>'
        '<th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Positions today</th>'
        '<th scope="col">Standing</th></tr></thead><tbody>' + "".join(map(_row, lines)) + "</tbody></table>"
    )


def _row(line: PersonLine) -> str:
    marks = [role.capitalize() for role in line.roles]
    marks += ["New"] if line.is_new else []
    marks += ["Closed"] if line.is_closed else []
    chips = "".join(str(chip(mark)) for mark in marks)
    return (
        f'<tr><td><a class="title" href="/admin/people/{line.id}">{esc(line.name)}</a></td>'
        f'<td class="address">{esc(line.email) or "none"}</td><td>{esc("; ".join(line.positions)) or "none"}</td>'
        f'<td class="state"><span class="chips">{chips}</span></td></tr>'
    )
