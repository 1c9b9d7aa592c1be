"""Labelled controls that can show a problem."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from nicegui import events
from nicegui.element import Element
from nicegui.elements.checkbox import Checkbox
from nicegui.elements.input import Input
from nicegui.elements.mixins.disableable_element import DisableableElement
from nicegui.elements.mixins.label_element import LabelElement
from nicegui.elements.mixins.value_element import ValueElement

Kind = Literal["text", "date", "time", "decimal", "url", "email", "area"]
TextLeave = Callable[[str, str], object]
CheckLeave = Callable[[str, bool], object]


def text_field(
    label: str,
    *,
    name: str,
    value: str = "",
    hint: str = "",
    required: bool = False,
    kind: Kind = "text",
    suffix: str = "",
    placeholder: str = "",
    autocomplete: str = "off",
    max_length: int | None = None,
    on_leave: TextLeave | None = None,
    on_enter: Callable[[], object] | None = None,
) -> "TextField":
    """A line (or, as `area`, a box) of text; `name` is also the id of the control and unique on the page."""
    field = TextField(label, name=name, value=value, hint=hint, required=required, kind=kind)
    attrs = {"autocomplete": autocomplete}
    if max_length is not None:
        attrs["maxlength"] = str(max_length)
    if kind == "decimal":
        attrs["inputmode"] = "decimal"
    field.props["attrs"] = attrs
    field.props["suffix"] = suffix
    field.props["placeholder"] = placeholder
    field.call_on_leave(on_leave)
    if on_enter is not None:
        field.on("enter", on_enter, [])
    return field


def choice_field(
    label: str,
    *,
    name: str,
    options: Mapping[str, str],
    value: str = "",
    hint: str = "",
    required: bool = False,
    placeholder: str = "",
    on_leave: TextLeave | None = None,
    on_change: Callable[[str], object] | None = None,
) -> "ChoiceField":
    """A native drop-down; `options` maps values to their texts, `placeholder` stands for the empty value.

    `on_leave` is called at once on every change: what is chosen is not lost with the focus.
    """
    field = ChoiceField(label, name=name, value=value, hint=hint, required=required)
    field.props["placeholder"] = placeholder
    field.set_options(options)
    if on_leave is not None:
        left = on_leave
        field.on_value_change(lambda event: left(name, event.value or ""))
    if on_change is not None:
        changed = on_change
        field.on_value_change(lambda event: changed(event.value))
    return field


def check_field(
    label: str, *, name: str, value: bool = False, hint: str = "", on_leave: CheckLeave | None = None
) -> "CheckField":
    """A check box. `on_leave` is called at once on every change, since Safari gives a clicked box no focus to leave."""
    field = CheckField(label, name=name, value=value, hint=hint)
    if on_leave is not None:
        told = on_leave

        def change(event: events.ValueChangeEventArguments[bool | None]) -> object:
            return told(name, bool(event.value))

        field.on_value_change(change)
    return field


class Field(Element):
    """What every field has: a name, a label, a value kept on the server, and a place for a problem."""

    name: str
    value: Any

    @property
    def focus_id(self) -> str:
        """The id of the control that takes the focus."""
        return self.name

    def show_problem(self, text: str | None) -> None:
        """Show `text` at the field and mark it as wrong; None takes both away."""
        self.props["error-message"] = text

    def share_problem(self, error_id: str | None) -> None:
        """Mark the field as wrong because of the message in the element `error_id`, which is not its own."""
        self.props["shared-error"] = error_id

    def _describe(self, *, name: str, label: str, kind: str, hint: str, required: bool) -> None:
        self.name = name
        self.mark(name)
        self.props.update(
            {
                "uid": self.id,
                "name": name,
                "label": label,
                "kind": kind,
                "hint": hint,
                "required": required,
                "error-message": None,
                "shared-error": None,
            }
        )


class TextField(Field, Input, component="field.js"):
    """See `text_field`."""

    def __init__(self, label: str, *, name: str, value: str, hint: str, required: bool, kind: str) -> None:
        Input.__init__(self, label=label, value=value)
        self.without_auto_validation()
        self._describe(name=name, label=label, kind=kind, hint=hint, required=required)

    def call_on_leave(self, told: TextLeave | None) -> None:
        """Call `told(name, value)` on blur when the value changed since the last call."""
        _call_on_leave(self, told)


class ChoiceField(Field, LabelElement, ValueElement[str], DisableableElement, component="field.js"):
    """See `choice_field`."""

    VALUE_PROP: str = "value"
    LOOPBACK = False

    def __init__(self, label: str, *, name: str, value: str, hint: str, required: bool) -> None:
        super().__init__(label=label, value=value)
        self._describe(name=name, label=label, kind="choice", hint=hint, required=required)

    def set_options(self, options: Mapping[str, str], *, value: str | None = None) -> None:
        """Replace the options, and the value when one is given."""
        self.props["options"] = [[key, text] for key, text in options.items()]
        if value is not None:
            self.value = value

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        if self._send_update_on_value_change:
            self.run_method("updateValue")


class CheckField(Field, Checkbox, component="field.js"):
    """See `check_field`."""

    VALUE_PROP: str = "value"
    LOOPBACK = False

    def __init__(self, label: str, *, name: str, value: bool, hint: str) -> None:
        Checkbox.__init__(self, label, value=value)
        if self.component is not None:  # Checkbox names Quasar's tag itself, which would win over our component
            self.tag = self.component.tag
        self._describe(name=name, label=label, kind="check", hint=hint, required=False)

    def _handle_value_change(self, value: Any) -> None:
        super()._handle_value_change(value)
        if self._send_update_on_value_change:
            self.run_method("updateValue")


def _call_on_leave(field: TextField, told: TextLeave | None) -> None:
    if told is None:
        return
    last = field.value

    def leave() -> object:
        nonlocal last
        if field.value == last:
            return None
        last = field.value
        return told(field.name, field.value or "")

    field.on("blur", leave, [])
