"""In the form of an independent event: what it was, and for presenting and college courses how credits are computed."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

from models.conversions import Computed, ConversionKind, in_words
from models.entries import LONGEST_TITLE
from services import conversions, programs
from services.conversions import ATTENDED
from ui.fields import Field, choice_field, text_field
from ui.file_field import file_field
from ui.form import Form
from ui.parts import esc
from ui.sections import box, html

NAMES = {
    ConversionKind.PRESENTING: "I presented it",
    ConversionKind.SEMESTER: "A college course, in semester credits",
    ConversionKind.QUARTER: "A college course, in quarter credits",
}
Left = Callable[[str, str], Awaitable[None]]


class ConversionFields:
    """Shows the fields of what was chosen in place of `typed`, the field of the Credit Value."""

    def __init__(self, form: Form, values: dict[str, Any], left: Left, file: tuple[str, str]) -> None:
        self.form, self.left, self.factors = form, left, conversions.offered()
        self.typed: Field | None = None
        chosen = str(values.get("conversion") or ATTENDED)
        self.choice = form.add(
            choice_field(
                "What was it?",
                name="conversion",
                options={ATTENDED: "I attended it", **{kind.value: NAMES[kind] for kind in self.factors}},
                value=chosen,
                on_change=lambda _: self.show(),
                on_leave=left,
            )
        )
        with box("computed") as self.frame:
            self.quantity = self._text("Hours or college credits", "quantity", values, kind="decimal", required=True)
            self.topic = self._text("Topic", "topic", values, required=True, max_length=LONGEST_TITLE)
            self.file = form.add(
                file_field(
                    "Transcript",
                    name="transcript",
                    purpose=conversions.TRANSCRIPT,
                    kept=file,
                    hint="A PDF or a picture, at most 10 MB.",
                    required=True,
                    on_leave=left,
                )
            )
            self.told = html("")
        self.quantity.on_value_change(lambda _: self.show())

    def _text(self, label: str, name: str, values: dict[str, Any], **more: Any) -> Any:
        value = str(values.get(name) or "")
        return self.form.add(text_field(label, name=name, value=value, on_leave=self.left, **more))

    def stand_for(self, typed: Field) -> None:
        """`typed` is seen only for what was attended."""
        self.typed = typed
        self.show()

    def show(self) -> None:
        """The fields of what is chosen now, and what they come to."""
        kind = ConversionKind(self.choice.value) if self.choice.value in self.factors else None
        self.frame.set_visibility(kind is not None)
        self.topic.set_visibility(kind == ConversionKind.PRESENTING)
        self.file.set_visibility(kind is not None and kind != ConversionKind.PRESENTING)
        if self.typed is not None:
            self.typed.set_visibility(kind is None)
        self.told.set_content(f'<p class="hint" role="status">{esc(self._words(kind))}</p>' if kind else "")

    def _words(self, kind: ConversionKind) -> str:
        factor = self.factors[kind]
        try:
            quantity = Decimal(str(self.quantity.value or "").strip() or "1")
            words = in_words(Computed(kind, quantity if quantity.is_finite() else Decimal(1), factor))
        except ArithmeticError:
            words = in_words(Computed(kind, Decimal(1), factor))
        settings = programs.current().settings
        often = f" A topic counts at most {settings['presenting_times']} times in {settings['look_back_years']} years."
        return f"Credit Value: {words}.{often if kind == ConversionKind.PRESENTING else ''}"
