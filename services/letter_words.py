"""The words of a letter: a subject and a body in light Markdown, with {placeholders} that values take the place of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from models.errors import Problems
from services.letter_kinds import LetterKind

LONGEST_SUBJECT, LONGEST_BODY = 150, 5000
MOST_OF_A_SUBJECT = 250
"""With its values."""


@dataclass(frozen=True)
class Words:
    subject: str
    body: str


def default(kind: LetterKind) -> Words:
    """The words that the program comes with."""
    return Words(kind.subject, kind.default_body)


def fill(kind: LetterKind, words: Words, values: Mapping[str, str]) -> Words:
    """With the values in place. Nothing in a value is taken for Markdown or for a placeholder."""

    def in_subject(found: re.Match[str]) -> str:
        return values.get(found[1], "")

    def in_body(found: re.Match[str]) -> str:
        placeholder, value = kind.placeholders.get(found[1]), values.get(found[1], "")
        return _link(value) if placeholder is not None and placeholder.link else literal(value)

    subject = _line(_PLACEHOLDER.sub(in_subject, words.subject))
    return Words(subject[:MOST_OF_A_SUBJECT], _PLACEHOLDER.sub(in_body, words.body))


def read(kind: LetterKind, values: Mapping[str, object]) -> Words:
    """`subject` and `body` as an administrator typed them. Raises Problems by field."""
    subject = " ".join(str(values.get("subject") or "").split())
    body = "\n".join(line.rstrip() for line in str(values.get("body") or "").strip().splitlines())
    problems: dict[str, str] = {}
    if wrong := _problem_of_subject(kind, subject):
        problems["subject"] = wrong
    if wrong := _problem_of_body(kind, body):
        problems["body"] = wrong
    if problems:
        raise Problems(problems)
    return Words(subject, body)


def still_fit(kind: LetterKind, words: Words) -> bool:
    """Whether words that were saved once still hold all that this kind asks for today."""
    return not _problem_of_subject(kind, words.subject) and not _problem_of_body(kind, words.body)


def literal(value: str) -> str:
    """Markdown that says exactly this text: its lines stay lines, its signs mean nothing."""
    lines = [_INLINE.sub(r"\\\1", _line(line)) for line in value.strip().splitlines()]
    kept = [_AT_BEGIN.sub(r"\g<1>\\\2", line) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept))


def _link(address: str) -> str:
    return f"<{quote(address, safe=':/?&=#%@+,;~-._')}>" if address else ""


def _line(text: str) -> str:
    """One line, without signs that cannot be seen."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable() or sign in JOINERS)


def _problem_of_subject(kind: LetterKind, subject: str) -> str:
    if not subject:
        return "Enter a subject."
    if len(subject) > LONGEST_SUBJECT:
        return f"At most {LONGEST_SUBJECT} characters, please."
    links = [name for name in _names(subject) if name in kind.placeholders and kind.placeholders[name].link]
    if links:
        return f"A subject holds no link: leave {{{links[0]}}} to the body."
    return _unknown(kind, subject)


def _problem_of_body(kind: LetterKind, body: str) -> str:
    if not body:
        return "Enter what the letter says."
    if len(body) > LONGEST_BODY:
        return f"At most {LONGEST_BODY} characters, please."
    if unknown := _unknown(kind, body):
        return unknown
    left_out = [name for name, one in kind.placeholders.items() if one.required and name not in _names(body)]
    if left_out:
        name = left_out[0]
        return f"The letter is of no use without {{{name}}}: {kind.placeholders[name].meaning.lower()}."
    return ""


def _unknown(kind: LetterKind, text: str) -> str:
    if any(not (sign.isprintable() or sign in JOINERS or sign in "\n\t\u00a0") for sign in text):
        return "It has signs that cannot be seen: type it anew."
    for name in _ANY_BRACES.findall(text):
        if name not in kind.placeholders:
            known = ", ".join(f"{{{one}}}" for one in kind.placeholders)
            return f"This letter knows no {{{name}}}. It knows {known}."
    return ""


def _names(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


JOINERS = "\u200c\u200d"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ANY_BRACES = re.compile(r"\{([^{}\n]*)\}")
_INLINE = re.compile(r"([\\`*_\[\]<>&])")
_AT_BEGIN = re.compile(r"^(\d*)([#+\-=~.)])")
