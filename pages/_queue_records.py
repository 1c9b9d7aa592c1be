"""Submitted records in the coordinator's queue."""

import asyncio
from collections.abc import Callable

from nicegui import background_tasks

from models.times import shown_ago
from pages._visit import Visit
from pages._words import now
from services import live, submission_queue
from services.submission_queue import SubmittedRecord
from ui.parts import chip, empty, esc
from ui.sections import box, button, html
from ui.tables import table

WORDS = {"review": "waits for your review", "verification": "waits for the verification"}


class RecordQueue:
    """The table of submitted records; hears of every change of one. `on_count` is told how many there are."""

    def __init__(self, visit: Visit, on_count: Callable[[int], None], *, oldest_first: bool) -> None:
        self.visit, self.on_count, self.oldest_first = visit, on_count, oldest_first
        self.number, self.loading, self.again = 0, False, False
        with box("records") as self.frame:
            self.table = html("")
            with box("deeds") as self.paging:
                self.previous = button("Previous records", lambda: self._turn(-1))
                self.following = button("Next records", lambda: self._turn(1))

    def show(self, found: tuple[list[SubmittedRecord], int]) -> None:
        rows, total = found
        self.total = total
        self.table.set_content(_table(rows) if rows else str(empty("No submitted record waits.")))
        pages = max(1, -(-total // submission_queue.PAGE))
        self.paging.set_visibility(pages > 1)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled(self.number + 1 < pages)
        self.on_count(total)

    def listen(self) -> None:
        """From now on changes of others show here."""
        stop = live.submissions_changed.subscribe(self._hear)
        self.visit.leaving.append(stop)
        self.visit.client.on_delete(stop)

    async def order(self, *, oldest_first: bool) -> None:
        self.oldest_first, self.number = oldest_first, 0
        await self.reload()

    async def reload(self) -> None:
        with self.visit.client:
            outcome = await self.visit.act(submission_queue.page, self.number, oldest_first=self.oldest_first)
            self.visit.tell(outcome)
            if outcome.value:
                self.show(outcome.value)

    def _hear(self, _ids: tuple[int, ...]) -> None:
        self.again = True
        if not self.loading and not self.visit.client.is_deleted:
            self.loading = True
            background_tasks.create(self._load(), name="records of the queue")

    async def _load(self) -> None:
        """Changes that come together are read once."""
        try:
            while self.again and not self.visit.client.is_deleted:
                self.again = False
                await asyncio.sleep(0.05)
                await self.reload()
        finally:
            self.loading = False

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self.reload()


def _table(rows: list[SubmittedRecord]) -> str:
    body = [_row(one) for one in rows]
    columns = {"Track": "", "Person": "", "Submitted": "wide", "Status": "", "Review": "sr"}
    return table("Submitted records", columns, body, kind="records", caption_shown=True)


def _row(one: SubmittedRecord) -> str:
    href = f"/review/records/{one.participation_id}"
    name = f"Review: {one.track}, {one.person}"
    deed = (
        '<span class="second">Yours; a colleague decides.</span>'
        if one.is_own
        else f'<a class="btn btn--plain" href="{href}" aria-label="{esc(name)}">Review</a>'
    )
    return (
        '<tr><td class="cell-main"><span class="kind">Record</span> '
        f'<a class="title" href="{href}">{esc(one.track)}</a>'
        f'<p class="second">{esc(WORDS.get(one.next_step, ""))}</p></td>'
        f'<td data-label="Person">{esc(one.person)}<p class="second">{esc(one.library)}</p></td>'
        f'<td class="wide nowrap">{shown_ago(one.submitted_at, now())}</td>'
        f'<td class="state">{chip(one.status)}</td><td class="deed">{deed}</td></tr>'
    )
