"""The coordinator's live queue."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import background_tasks, ui

from models.credits import CreditStatus
from models.events import EventKind
from pages._feed import feed
from pages._places import Who, page
from pages._queue_deeds import QueueDeeds
from pages._queue_degrees import DegreeQueue
from pages._queue_filters import draw_filters
from pages._queue_records import RecordQueue
from pages._queue_rows import queue_row
from pages._visit import Visit
from services import degree_queue, drafts, event_desk, queue, submission_queue
from services.queue import Change, Counts, QueueFilter, QueuePage
from services.queue_entries import Entry
from ui.parts import empty
from ui.queue_list import QueueList
from ui.sections import box, button, heading, html
from ui.sections import page as column

KINDS = {"": "All", EventKind.INDEPENDENT.value: "Events", EventKind.SPONSORED.value: "Credits"}
MEMORY = "review"


@page("/review", who=Who.COORDINATOR, title="Review")
async def review_page(visit: Visit) -> None:
    remembered = await visit.load(drafts.kept, MEMORY)
    wanted = QueueFilter(oldest_first=bool(remembered.get("oldest_first")))
    found = await visit.load(queue.page, wanted)
    libraries = await visit.load(queue.library_names)
    submitted = await visit.load(submission_queue.page, oldest_first=wanted.oldest_first)
    degrees = await visit.load(degree_queue.waiting)
    unclosed = await visit.load(event_desk.open_attendance)
    with column():
        heading("Review", beside=LIVE)
        window = ReviewWindow(visit, wanted, libraries, unclosed)
        window.show(found)
        window.records.show(submitted)
        window.degrees.show(degrees)
    window.records.listen()
    window.degrees.listen()
    stop = feed().subscribe(window.hear)
    visit.leaving.append(stop)
    visit.client.on_delete(stop)


class ReviewWindow:
    """One window of the queue: its filter, its page, and what it hears of others' deeds."""

    def __init__(self, visit: Visit, wanted: QueueFilter, libraries: dict[int, str], unclosed: int) -> None:
        self.visit, self.wanted, self.number = visit, wanted, 0
        self.elsewhere: set[int] = set()
        self.counts, self.submitted, self.waiting_degrees, self.records_only = Counts(0, 0), 0, 0, False
        self.deeds = QueueDeeds(visit)
        with box("tabs") as tabs:
            tabs.props('role=group aria-label="Kind of entry"')
            self.tabs = {
                kind: button(name, partial(self._filter, kind=kind, decided=False), kind="tab")
                for kind, name in KINDS.items()
            }
            self.only_records = button("Records", self._show_records, kind="tab")
            self.decided = button("Decided", lambda: self._filter(kind="", decided=True), kind="tab")
            html(f'<a class="tab tab--link" href="/review/events">Calendar{_unclosed(unclosed)}</a>')
            html('<a class="tab tab--link" href="/review/certificates">Certificates</a>')
            html('<a class="tab tab--link" href="/review/expiring">Coming due</a>')
            html('<a class="tab tab--link" href="/review/audits">Random audit</a>')
        self.degrees = DegreeQueue(visit, self._count_degrees)
        self.records = RecordQueue(visit, self._count_records, oldest_first=wanted.oldest_first)
        with box("entries") as self.entries:
            self._draw_entries(libraries)

    def _draw_entries(self, libraries: dict[int, str]) -> None:
        draw_filters(
            libraries,
            oldest_first=self.wanted.oldest_first,
            on_type=self._type,
            on_filter=self._filter,
            on_order=self._order,
        )
        self._draw_bulk()
        self._draw_list()

    def _draw_bulk(self) -> None:
        with box("bulk") as self.bulk:
            self.selected = html("")
            button("Approve selected", self.deeds.approve_selected, kind="plain")
            button("Decline selected", self.deeds.decline_selected, kind="plain")
            button("Clear", self._clear, kind="quiet")
        self.bulk.set_visibility(False)

    def _draw_list(self) -> None:
        with box("news") as self.news:
            self.news.props("role=status")
            self.show_news = button("", self._show_news)
        self.list = QueueList(
            [],
            on_approve=self.deeds.approve,
            on_decline=self.deeds.decline,
            on_reopen=self.deeds.reopen,
            on_open=lambda _: None,
            on_selection=self._select,
        )
        self.deeds.list = self.list
        self.nothing = html(str(empty("Nothing waits here. New entries appear by themselves.")))
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.place = html("")
            self.following = button("Next page", lambda: self._turn(1))

    def show(self, found: QueuePage) -> None:
        """A page of the queue, loaded anew."""
        self.elsewhere.clear()
        self.list.replace([queue_row(entry, self.visit.actor) for entry in found.entries])
        self.list.set_visibility(bool(found.entries))
        self.nothing.set_visibility(not found.entries)
        pages = max(1, -(-found.total // queue.PAGE))
        self.place.set_content(f"<p>Page {self.number + 1} of {pages}, {found.total} entries</p>")
        self.paging.set_visibility(pages > 1)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled(self.number + 1 < pages)
        self._show_counts(found.counts)
        self._show_new()

    def hear(self, change: Change) -> None:
        """Somebody entered or decided something: change or add it here, count what lies on another page."""
        actor = self.visit.actor
        if actor.token_hash not in change.allowed:
            return
        shown = {row["id"] for row in self.list.rows}
        with self.visit.client:
            for claim_id, entry in change.entries.items():
                if claim_id in shown:
                    self.list.patch(queue_row(entry, actor))
                else:
                    self._hear_new(entry)
                self.deeds.hear(entry)
            self._show_counts(change.counts)
            self._show_new()

    def _hear_new(self, entry: Entry) -> None:
        self.elsewhere.discard(entry.claim_id)
        if entry.status != CreditStatus.PENDING or self.wanted.decided or not self.wanted.fits(entry):
            return
        if self.number == 0 and not self.wanted.oldest_first:
            self.list.insert(queue_row(entry, self.visit.actor))
            self.list.set_visibility(True)
            self.nothing.set_visibility(False)
        else:
            self.elsewhere.add(entry.claim_id)

    def _show_counts(self, counts: Counts) -> None:
        self.counts = counts
        numbers = {
            "": counts.all + self.submitted + self.waiting_degrees,
            EventKind.INDEPENDENT.value: counts.events,
            EventKind.SPONSORED.value: counts.credits,
        }
        for kind, tab in self.tabs.items():
            tab.set_text(f"{KINDS[kind]} {numbers[kind]}")
            _press(tab, kind == self.wanted.kind and not self.wanted.decided and not self.records_only)
        _press(self.decided, self.wanted.decided and not self.records_only)
        self.only_records.set_text(f"Records {self.submitted + self.waiting_degrees}")
        _press(self.only_records, self.records_only)

    def _count_records(self, number: int) -> None:
        self.submitted = number
        self._show_counts(self.counts)
        among_all = not self.wanted.kind and not self.wanted.decided and number > 0
        self.records.frame.set_visibility(self.records_only or among_all)
        shown = self.records_only or (not self.wanted.kind and not self.wanted.decided)
        self.degrees.frame.set_visibility(shown and self.waiting_degrees > 0)

    def _count_degrees(self, number: int) -> None:
        self.waiting_degrees = number
        self._count_records(self.submitted)

    def _show_records(self) -> None:
        self.records_only = True
        self.entries.set_visibility(False)
        self._count_records(self.submitted)

    def _show_new(self) -> None:
        self.show_news.set_text(f"{len(self.elsewhere)} new")
        self.news.set_visibility(bool(self.elsewhere))

    async def _filter(self, **wanted: Any) -> None:
        self.wanted, self.number, self.records_only = replace(self.wanted, **wanted), 0, False
        self.entries.set_visibility(True)
        await self._reload()
        self._count_records(self.submitted)

    async def _order(self, value: str) -> None:
        await self.visit.act(drafts.keep, MEMORY, "oldest_first", value == "oldest")
        await self._filter(oldest_first=value == "oldest")
        await self.records.order(oldest_first=value == "oldest")

    def _type(self, text: str) -> None:
        """Search when the person has stopped typing."""
        self.typed = text.strip()[:100]

        async def search(typed: str) -> None:
            await asyncio.sleep(0.3)
            if typed == self.typed and typed != self.wanted.text:
                await self._filter(text=typed)

        background_tasks.create(search(self.typed), name="search the queue")

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self._reload()

    async def _show_news(self) -> None:
        self.number = 0
        await self._reload()

    async def _reload(self) -> None:
        with self.visit.client:
            outcome = await self.visit.act(queue.page, self.wanted, self.number)
            self.visit.tell(outcome)
            if outcome.value:
                self.show(outcome.value)

    def _select(self, ids: list[int]) -> None:
        self.bulk.set_visibility(bool(ids))
        self.selected.set_content(f'<p class="bulk-count" role="status">{len(ids)} selected</p>')

    def _clear(self) -> None:
        self.list.clear_selection()


def _press(tab: ui.button, pressed: bool) -> None:
    tab.props(f"aria-pressed={'true' if pressed else 'false'}")


LIVE = '<p class="live" role="status">Live. Changes by others show here at once.</p>'


def _unclosed(count: int) -> str:
    if not count:
        return ""
    told = f"{count} {'waits' if count == 1 else 'wait'} for attendance"
    return f' <span class="count" aria-hidden="true">{count}</span><span class="sr">, {told}</span>'
