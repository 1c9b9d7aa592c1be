"""The live list of what waits for a decision."""

from collections.abc import Callable
from typing import Literal, NotRequired, TypedDict

from nicegui import events
from nicegui.element import Element

Deed = Callable[[int], object]


class QueueRow(TypedDict):
    """One entry, ready to be shown."""

    id: int
    kind: Literal["Event", "Credit"]
    title: str
    category: str
    person: str
    library: str
    credits: str
    waiting: str
    when: str
    status: Literal["PENDING", "APPROVED", "DECLINED", "WITHDRAWN"]
    decided: NotRequired[str]
    duplicate: NotRequired[str]
    own: NotRequired[bool]
    can_reopen: NotRequired[bool]
    href: NotRequired[str]
    record: NotRequired[str]
    detail_href: NotRequired[str]


class QueueList(Element, component="queue_list.js"):
    """A table whose rows change one at a time, under the reader's eyes, without moving her focus or selection.

    The handlers get the id of a row that is in the list; what may be done with it the caller has to ask again.
    A title is a link when the row has a `detail_href`, else a button that calls `on_open`.
    """

    def __init__(
        self,
        rows: list[QueueRow],
        *,
        on_approve: Deed,
        on_decline: Deed,
        on_reopen: Deed,
        on_open: Deed,
        on_selection: Callable[[list[int]], object],
    ) -> None:
        super().__init__()
        self.rows = list(rows)
        self._selected: list[int] = []
        self._on_selection = on_selection
        self._props["rows"] = self.rows
        for name, deed in (("approve", on_approve), ("decline", on_decline), ("reopen", on_reopen), ("open", on_open)):
            self.on(name, self._guarded(deed))
        self.on("selection", self._select)

    @property
    def selected(self) -> list[int]:
        """The ids of the selected rows, in the order of the list."""
        return list(self._selected)

    def patch(self, row: QueueRow) -> None:
        """Put `row` in the place of the one with its id, if that is in the list; only this row travels."""
        for place, old in enumerate(self.rows):
            if old["id"] == row["id"]:
                self.rows[place] = row
                self._keep_selectable()
                self.run_method("patch", row)
                return

    def insert(self, row: QueueRow) -> None:
        """Put a new row on top; only this row travels, and what is read or chosen stays."""
        self.rows.insert(0, row)
        self.run_method("insert", row)

    def replace(self, rows: list[QueueRow]) -> None:
        """Show other rows; those that stay keep focus and selection."""
        self.rows = list(rows)
        self._keep_selectable()
        self.props["rows"] = self.rows

    def clear_selection(self) -> None:
        """Select nothing. `on_selection` hears of it."""
        self.run_method("clearSelection")

    def _guarded(self, deed: Deed) -> Callable[[events.GenericEventArguments], object]:
        def handle(event: events.GenericEventArguments) -> object:
            return deed(event.args) if any(row["id"] == event.args for row in self.rows) else None

        return handle

    def _select(self, event: events.GenericEventArguments) -> object:
        ids = set(event.args) if isinstance(event.args, list) else set()
        self._selected = [row["id"] for row in self.rows if row["id"] in ids and selectable(row)]
        return self._on_selection(self.selected)

    def _keep_selectable(self) -> None:
        stay = {row["id"] for row in self.rows if selectable(row)}
        self._selected = [number for number in self._selected if number in stay]


def selectable(row: QueueRow) -> bool:
    """Can the viewer decide on this row?"""
    return row["status"] == "PENDING" and not row.get("own")
