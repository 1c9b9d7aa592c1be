"""A form that tells its problems at the fields and in a summary over them."""

from collections.abc import Mapping
from typing import TypeVar

from nicegui import ui
from nicegui.element import Element

from ui.fields import Field

F = TypeVar("F", bound=Field)


class Form:
    """The fields of one form, their values and their problems."""

    def __init__(self, title: str = "There is a problem") -> None:
        self._title = title
        self._fields: dict[str, Field] = {}
        self._pairs: dict[str, Pair] = {}
        self._summary: Summary | None = None

    def add(self, field: F) -> F:
        """Take the field into the form and give it back."""
        self._fields[field.name] = field
        return field

    def pair(self, *fields: Field, name: str) -> "Pair":
        """Put the fields side by side; a problem under the key `name` is shown once, over all of them."""
        for field in fields:
            self._fields.setdefault(field.name, field)
        self._pairs[name] = Pair(name, fields)
        return self._pairs[name]

    def summary(self) -> None:
        """Place the summary here; it is seen only while there are problems."""
        self._summary = Summary(self._title)

    def values(self) -> dict[str, object]:
        """The values as they stand, by name."""
        return {name: field.value for name, field in self._fields.items()}

    def show(self, problems: Mapping[str, str]) -> None:
        """Show exactly these problems, by name, and move the focus to the summary.

        A problem whose name is no field and no pair stands in the summary only.
        """
        for name, field in self._fields.items():
            field.show_problem(problems.get(name))
        for pair in self._pairs.values():
            pair.share_problem(None)
        for name, pair in self._pairs.items():
            if name in problems:
                pair.share_problem(problems[name])
        if self._summary is not None:
            self._summary.show([(problems[name], self._target(name)) for name in self._ordered(problems)])

    def clear(self) -> None:
        """Take all problems away."""
        self.show({})

    def _ordered(self, problems: Mapping[str, str]) -> list[str]:
        places = {name: place for place, name in enumerate(self._fields)}
        for name, pair in self._pairs.items():
            places.setdefault(name, places[pair.fields[0].name])
        return sorted(problems, key=lambda name: places.get(name, len(places)))

    def _target(self, name: str) -> str:
        if name in self._fields:
            return self._fields[name].focus_id
        return self._pairs[name].fields[0].focus_id if name in self._pairs else ""


class Pair:
    """Fields side by side with a place for one problem that concerns all of them."""

    def __init__(self, name: str, fields: tuple[Field, ...]) -> None:
        self.fields = fields
        self._error_id = f"{name}-err"
        with ui.element("div").classes("field pair-box") as self._box:
            self._error = ui.label().classes("error").props(f"id={self._error_id}")
            self._error.set_visibility(False)
            with ui.element("div").classes("pair") as row:
                pass
        for field in fields:
            field.move(row)

    def share_problem(self, text: str | None) -> None:
        """Show `text` over the fields and mark them as wrong; None takes both away."""
        self._error.set_text(text or "")
        self._error.set_visibility(text is not None)
        self._box.classes(add="field--wrong" if text else None, remove=None if text else "field--wrong")
        for field in self.fields:
            field.share_problem(self._error_id if text else None)


class Summary(Element, component="summary.js"):
    """The list of problems over a form."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._props.update({"title": title, "items": []})

    def show(self, problems: list[tuple[str, str]]) -> None:
        """Show texts, each with the id of the control that it leads to (or ""), and take the focus."""
        self.props["items"] = [{"text": text, "target": target} for text, target in problems]
        if problems:
            self.run_method("takeFocus")
