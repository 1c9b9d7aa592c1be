"""A field for a file of text, which is read in the browser: its text is the value."""

from collections.abc import Callable
from typing import Any

from nicegui import events
from nicegui.element import Element

from ui.fields import Field

Told = Callable[[str, str], object]


def text_file_field(label: str, *, name: str, accept: str, most: int, hint: str, on_read: Told) -> "TextFileField":
    """`on_read(file name, text)` once a file of at most `most` signs was chosen; larger ones are refused in place."""
    field = TextFileField(label, name=name, hint=hint)
    field.props.update({"accept": accept, "most": most})

    def read(event: events.GenericEventArguments) -> object:
        told: dict[str, Any] = event.args if isinstance(event.args, dict) else {}
        field.file_name, field.value = str(told.get("name", ""))[:200], str(told.get("text", ""))[: most + 1]
        field.show_problem(None)
        return on_read(field.file_name, field.value)

    field.on("read", read)
    return field


class TextFileField(Field, Element, component="text_file.js"):
    """See `text_file_field`."""

    def __init__(self, label: str, *, name: str, hint: str) -> None:
        super().__init__()
        self.value = self.file_name = ""
        self._describe(name=name, label=label, kind="file", hint=hint, required=True)
