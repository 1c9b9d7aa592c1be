"""The attendance list of an event: large buttons for a tablet, each row changed by itself."""

from collections.abc import Callable
from typing import NotRequired, TypedDict

from nicegui import events
from nicegui.element import Element

Marked = Callable[[int, str, int | None, bool], object]


class AttendanceItem(TypedDict):
    """One person, ready to be shown; `what` is present, partly, absent or nothing; `minutes` of who was there."""

    id: int
    name: str
    library: str
    what: str
    minutes: int | None
    presenter: bool
    own: bool
    credits: NotRequired[str]
    note: NotRequired[str]


class AttendanceList(Element, component="attendance_list.js"):
    """Calls `on_mark(id, what, minutes, presenter)` and, of a closed list, `on_correct(id)`.

    `length` is the event's in minutes. The handlers get the id of a row that is in the list; what may be done with it
    the caller has to ask again.
    """

    def __init__(
        self, rows: list[AttendanceItem], *, length: int, on_mark: Marked, on_correct: Callable[[int], object]
    ) -> None:
        super().__init__()
        self.rows = list(rows)
        self._props.update({"rows": self.rows, "length": length, "closed": False})

        def mark(event: events.GenericEventArguments) -> object:
            told = event.args if isinstance(event.args, dict) else {}
            minutes = told.get("minutes")
            if not self._has(told.get("id")) or not (minutes is None or isinstance(minutes, int)):
                return None
            return on_mark(told["id"], str(told.get("what", "")), minutes, bool(told.get("presenter")))

        def correct(event: events.GenericEventArguments) -> object:
            return on_correct(event.args) if self._has(event.args) else None

        self.on("mark", mark)
        self.on("correct", correct)

    def patch(self, row: AttendanceItem) -> None:
        """Put `row` in the place of the one with its id, if that is in the list; only this row travels."""
        for place, old in enumerate(self.rows):
            if old["id"] == row["id"]:
                self.rows[place] = row
                self.run_method("patch", row)
                return

    def replace(self, rows: list[AttendanceItem], *, closed: bool) -> None:
        """Show other rows."""
        self.rows = list(rows)
        self.props["rows"] = self.rows
        self.props["closed"] = closed

    def _has(self, number: object) -> bool:
        return any(row["id"] == number for row in self.rows)
