"""Texts as people type them, and what of them a database can keep."""

from typing import Any


def kept(text: str) -> str:
    """Without what no database keeps: NUL and halves of surrogate pairs."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else text.encode(errors="ignore").decode()


def typed(value: object) -> str:
    """What was typed into a field: kept() and without blanks around it; empty for nothing."""
    return kept(str(value or "")).strip()


def typed_id(value: object) -> int | None:
    """The id that came as text from a form or an address, below 2**31; None for anything that can be none."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) else None


def kept_everywhere(value: Any) -> Any:
    """The same JSON value with every text in it kept()."""
    if isinstance(value, str):
        return kept(value)
    if isinstance(value, dict):
        return {kept_everywhere(name): kept_everywhere(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [kept_everywhere(one) for one in value]
    return value


MOST_DIGITS = 9
