"""A field for one file, which is kept as soon as it is chosen."""

from typing import Any

from nicegui import events
from nicegui.element import Element

from ui.fields import Field, TextLeave


def file_field(
    label: str,
    *,
    name: str,
    purpose: str,
    kept: tuple[str, str] = ("", ""),
    hint: str = "",
    required: bool = False,
    on_leave: TextLeave | None = None,
) -> "FileField":
    """Sends the chosen file to `/documents`; the value is the kept document's id. `kept`: id and name of one before."""
    field = FileField(label, name=name, purpose=purpose, hint=hint, required=required)
    field.take(*kept)

    def keep(event: events.GenericEventArguments) -> object:
        told: dict[str, Any] = event.args
        field.take(str(told["id"]), str(told["name"]))
        field.show_problem(None)
        return on_leave(name, field.value) if on_leave else None

    field.on("kept", keep)
    return field


class FileField(Field, Element, component="file_field.js"):
    """See `file_field`. What the browser says it kept is asked for again by the deed."""

    def __init__(self, label: str, *, name: str, purpose: str, hint: str, required: bool) -> None:
        super().__init__()
        self.value = ""
        self._describe(name=name, label=label, kind="file", hint=hint, required=required)
        self.props["purpose"] = purpose

    def take(self, document_id: str, file_name: str) -> None:
        """This document is the field's value now."""
        self.value = document_id if document_id.isdecimal() else ""
        self.props["file-name"] = file_name if self.value else ""
        self.props["file-href"] = f"/documents/{self.value}" if self.value else ""
