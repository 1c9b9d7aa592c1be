"""A list that is searched by words, filtered by one choice and turned a page at a time, each by the query."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import background_tasks

from pages._visit import Visit
from ui.fields import choice_field, text_field
from ui.parts import empty
from ui.sections import box, button, html

LONGEST = 100
Service = Callable[..., tuple[Sequence[Any], int]]


class PagedList:
    """`service(actor, text, which, number)` answers the lines of a page and how many there are; `table` draws them."""

    def __init__(
        self,
        visit: Visit,
        service: Service,
        table: Callable[[Sequence[Any]], str],
        *,
        a_page: int,
        called: str,
        hint: str,
        choices: Mapping[str, str],
        choice: str = "",
    ) -> None:
        self.visit, self.service, self.table, self.a_page, self.called = visit, service, table, a_page, called
        self.text, self.typed, self.which, self.number = "", "", choice, 0
        with box("list-find"):
            find = text_field("Find", name="find", hint=hint)
            which = choice_field("Show", name="which", options=choices, value=choice)
        find.on_value_change(lambda event: self._type(event.value or ""))
        which.on_value_change(lambda event: self._choose(event.value or ""))
        self.state = html("")
        self.lines = html("")
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.place = html("")
            self.following = button("Next page", lambda: self._turn(1))

    async def load(self) -> None:
        """Asks anew; call it once after building."""
        outcome = await self.visit.act(self.service, self.text, self.which, self.number)
        self.visit.tell(outcome)
        if outcome.value is None or self.lines.is_deleted:
            return
        found, total = outcome.value
        pages = max(1, -(-total // self.a_page))
        self.lines.set_content(self.table(found) if found else str(empty(f"No {self.called} fit.")))
        self.state.set_content(f'<p class="list-count" role="status">{total} {self.called}</p>')
        self.place.set_content(f"<p>Page {self.number + 1} of {pages}</p>")
        self.paging.set_visibility(pages > 1)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled(self.number + 1 < pages)

    def _type(self, text: str) -> None:
        """Search when the person has stopped typing."""
        self.typed = text.strip()[:LONGEST]

        async def search(typed: str) -> None:
            await asyncio.sleep(0.3)
            if typed == self.typed and typed != self.text:
                self.text, self.number = typed, 0
                await self._again()

        background_tasks.create(search(self.typed), name=f"search {self.called}")

    async def _choose(self, which: str) -> None:
        self.which, self.number = which, 0
        await self._again()

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self._again()

    async def _again(self) -> None:
        with self.visit.client:
            await self.load()
