"""A drop-down of events that is searched by typing."""

from collections.abc import Callable
from typing import TypedDict

from nicegui import events
from nicegui.element import Element


class EventOption(TypedDict):
    """One event: what is chosen, its title, and a second line with date and credits."""

    value: str
    title: str
    detail: str


class EventSelect(Element, component="event_select.js"):
    """Shows `options`; typing asks `source?q=TEXT`, which answers with a JSON list of at most 50 such options."""

    def __init__(
        self,
        label: str,
        *,
        source: str,
        options: list[EventOption],
        value: str | None,
        on_change: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._value = value
        self._on_change = on_change
        self.control_id = f"select-{self.id}"
        self._props.update(
            {"label": label, "source": source, "options": options, "value": value, "control-id": self.control_id}
        )
        self.on("choose", self._choose)

    @property
    def value(self) -> str | None:
        """The chosen event, None when nothing is chosen."""
        return self._value

    def set_options(self, options: list[EventOption], value: str | None) -> None:
        """Replace what is shown while nothing is typed, and what is chosen."""
        self._value = value
        with self.props.suspend_updates():
            self.props["options"] = options
            self.props["value"] = value
        self.update()

    def _choose(self, event: events.GenericEventArguments) -> object:
        if not isinstance(event.args, str):
            return None
        self._value = event.args
        with self.props.suspend_updates():
            self.props["value"] = event.args
        return self._on_change(event.args) if self._on_change is not None else None
