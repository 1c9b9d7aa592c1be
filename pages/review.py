"""The coordinator's live queue."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import background_tasks

from models.events import EventKind
from pages._feed import feed
from pages._places import Who, page
from pages._queue_filters import draw_filters
from pages._queue_rows import decided_words, queue_row
from pages._visit import Outcome, Visit
from services import drafts, queue, review
from services.queue import Change, Counts, QueueFilter, QueuePage
from services.review import Decided
from ui.dialogs import ReasonDialog
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
    with column():
        heading("Review", beside=LIVE)
        window = ReviewWindow(visit, wanted, libraries)
        window.show(found)
    stop = feed().subscribe(window.hear)
    visit.leaving.append(stop)
    visit.client.on_delete(stop)


class ReviewWindow:
    """One window of the queue: its filter, its page, and what it hears of others' deeds."""

    def __init__(self, visit: Visit, wanted: QueueFilter, libraries: dict[int, str]) -> None:
        self.visit, self.wanted, self.number, self.total, self.new = visit, wanted, 0, 0, 0
        self.asking: int | None = None
        self.dialog = ReasonDialog()
        with box("tabs") as tabs:
            tabs.props('role=group aria-label="Kind of entry"')
            self.tabs = {
                kind: button(name, partial(self._filter, kind=kind, decided=False), kind="tab")
                for kind, name in KINDS.items()
            }
            self.decided = button("Decided", lambda: self._filter(kind="", decided=True), kind="tab")
        draw_filters(
            libraries,
            oldest_first=wanted.oldest_first,
            on_type=self._type,
            on_filter=self._filter,
            on_order=self._order,
        )
        with box("bulk") as self.bulk:
            self.selected = html("")
            button("Approve selected", self._approve_selected, kind="plain")
            button("Decline selected", self._decline_selected, kind="plain")
            button("Clear", self._clear, kind="quiet")
        self.bulk.set_visibility(False)
        self.news = button("", self._show_news, kind="plain").classes("news").props("role=status")
        self.list = QueueList(
            [],
            on_approve=self._approve,
            on_decline=self._decline,
            on_reopen=self._reopen,
            on_open=lambda _: None,
            on_selection=self._select,
        )
        self.nothing = html(str(empty("Nothing waits here. New entries appear by themselves.")))
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.place = html("")
            self.following = button("Next page", lambda: self._turn(1))

    def show(self, found: QueuePage) -> None:
        """A page of the queue, loaded anew."""
        self.total, self.new = found.total, 0
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
        """Somebody entered or decided something: change what stands here, count what does not."""
        actor = self.visit.actor
        if actor.token_hash not in change.allowed:
            return
        shown = {row["id"] for row in self.list.rows}
        with self.visit.client:
            for claim_id, entry in change.entries.items():
                if claim_id in shown:
                    self.list.patch(queue_row(entry, actor))
                elif entry.status == "PENDING" and not self.wanted.decided and self.wanted.fits(entry):
                    self.new += 1
                if claim_id == self.asking and (words := decided_words(entry, actor)):
                    self.dialog.notice(f"{words}. What you typed is kept.")
            self._show_counts(change.counts)
            self._show_new()

    def _show_counts(self, counts: Counts) -> None:
        numbers = {
            "": counts.all,
            EventKind.INDEPENDENT.value: counts.events,
            EventKind.SPONSORED.value: counts.credits,
        }
        for kind, tab in self.tabs.items():
            tab.set_text(f"{KINDS[kind]} {numbers[kind]}")
            tab.props(f"aria-pressed={'true' if kind == self.wanted.kind and not self.wanted.decided else 'false'}")
        self.decided.props(f"aria-pressed={'true' if self.wanted.decided else 'false'}")

    def _show_new(self) -> None:
        self.news.set_text(f"{self.new} new")
        self.news.set_visibility(self.new > 0)

    async def _filter(self, **wanted: Any) -> None:
        self.wanted, self.number = replace(self.wanted, **wanted), 0
        await self._reload()

    async def _order(self, value: str) -> None:
        await self.visit.act(drafts.keep, MEMORY, "oldest_first", value == "oldest")
        await self._filter(oldest_first=value == "oldest")

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

    async def _approve(self, claim_id: int) -> None:
        self._told("Approved", await self.visit.act(review.approve, [claim_id]))

    async def _approve_selected(self) -> None:
        self._told("Approved", await self.visit.act(review.approve, self.list.selected))

    async def _decline(self, claim_id: int) -> None:
        await self._ask([claim_id], self._name(claim_id))

    async def _decline_selected(self) -> None:
        await self._ask(self.list.selected, f"{len(self.list.selected)} entries")

    async def _ask(self, claim_ids: list[int], what: str) -> None:
        """Ask for the reason; what was typed outlives a refusal and other people's deeds."""
        self.asking = claim_ids[0] if len(claim_ids) == 1 else None

        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(review.decline, claim_ids, reason)
            if outcome.done:
                self._told("Declined", outcome)
            return None if outcome.done else outcome.sentence

        await self.dialog.settle(
            f"Decline {what}?",
            deed,
            deed="Decline",
            hint="The reason is mailed to the person and stands beside the credit.",
        )
        self.asking = None

    async def _reopen(self, claim_id: int) -> None:
        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(review.reopen, claim_id, reason)
            return None if outcome.done else outcome.sentence

        if await self.dialog.settle(
            f"Reopen {self._name(claim_id)}?",
            deed,
            deed="Reopen",
            hint="It becomes PENDING again. The person reads the reason.",
        ):
            self.visit.toast.say("Reopened.")

    def _told(self, verb: str, outcome: Outcome[Decided]) -> None:
        """Say what was done, with Undo, and what was refused."""
        self.visit.tell(outcome)
        if not outcome.value:
            return
        done = outcome.value.done
        what = self._name(done[0]) if len(done) == 1 else f"{len(done)} entries"
        refused = f" Left as they are: {' '.join(outcome.value.refused.values())}" if outcome.value.refused else ""

        async def undo() -> None:
            taken_back = await self.visit.act(review.undo, done)
            self.visit.tell(taken_back)
            if taken_back.done:
                self.visit.toast.say(f"Taken back: {what}")

        self.visit.toast.say(f"{verb}: {what}.{refused}", undo=undo if done else None)
        self.list.clear_selection()

    def _name(self, claim_id: int) -> str:
        row = next((row for row in self.list.rows if row["id"] == claim_id), None)
        return f"{row['title']}, {row['person']}" if row else "the entry"


LIVE = '<p class="live" role="status">Live. Changes by others show here at once.</p>'
