"""Degrees that wait, in the coordinator's queue."""

from collections.abc import Callable

from models.times import shown_ago
from pages._visit import Visit
from pages._words import now
from services import degree_queue, live
from services.degree_queue import WaitingDegree
from ui.parts import esc
from ui.sections import box, html
from ui.tables import table


class DegreeQueue:
    """The table of waiting degrees, gone while there is none; `on_count` is told how many there are."""

    def __init__(self, visit: Visit, on_count: Callable[[int], None]) -> None:
        self.visit, self.on_count = visit, on_count
        with box("records") as self.frame:
            self.table = html("")

    def show(self, rows: list[WaitingDegree]) -> None:
        self.table.set_content(_table(rows) if rows else "")
        self.on_count(len(rows))

    def listen(self) -> None:
        """From now on degrees that come and go show here."""
        self.visit.keep_fresh(live.submissions_changed, self._again)

    async def _again(self, _ids: tuple[int, ...]) -> None:
        with self.visit.client:
            self.show(await self.visit.load(degree_queue.waiting))


def _table(rows: list[WaitingDegree]) -> str:
    body = [_row(one) for one in rows]
    columns = {"Degree": "", "Person": "", "Handed in": "wide", "Review the degree": "sr"}
    return table("Degrees", columns, body, kind="records", caption_shown=True)


def _row(one: WaitingDegree) -> str:
    href = f"/review/degrees/{one.degree_id}"
    name = f"Review the degree of {one.person}"
    deed = (
        '<span class="second">Yours; a colleague decides.</span>'
        if one.is_own
        else f'<a class="btn btn--plain" href="{href}" aria-label="{esc(name)}">Review</a>'
    )
    return (
        '<tr><td class="cell-main"><span class="kind">Degree</span> '
        f'<a class="title" href="{href}">{esc(one.degree)}</a>'
        f'<p class="second">for {esc(one.track)}</p></td>'
        f'<td data-label="Person">{esc(one.person)}<p class="second">{esc(one.library)}</p></td>'
        f'<td class="wide nowrap">{shown_ago(one.handed_in_at, now())}</td><td class="deed">{deed}</td></tr>'
    )
