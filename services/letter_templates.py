"""The words of letters as an administrator edits them: seen with examples in place, saved, or put back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from models.errors import NotFound
from models.letters import LetterTemplate
from models.people import Person
from services import audit, clock, db, letter_paper, letter_words, letters, programs
from services.access import Actor, require_administrator
from services.letter_kinds import KINDS, LetterKind, kind_at
from services.letter_words import Words

OF_NO_ROW = 0
"""A kind of letter has no id; its audit lines name it by their title."""


@dataclass(frozen=True)
class TemplateLine:
    """A kind of letter; `changed_at` is None while it has the program's words."""

    kind: LetterKind
    changed_at: datetime | None
    changed_by: str


@dataclass(frozen=True)
class TemplatePage:
    """`lacking`: the administrator's own words do not fit the kind any more, and the program's are sent."""

    line: TemplateLine
    words: Words
    lacking: bool
    preview: "Preview"


@dataclass(frozen=True)
class Preview:
    """The letter with the examples of its placeholders."""

    subject: str
    text: str
    html: str


def listing(actor: Actor) -> list[TemplateLine]:
    """Every kind of letter. Raises NotFound to all but administrators."""
    require_administrator(actor)
    with db.reading() as session:
        own = {row.kind: row for row in session.exec(select(LetterTemplate))}
        return [_line(session, kind, own.get(kind.key)) for kind in KINDS.values()]


def show(actor: Actor, slug: str) -> TemplatePage:
    """The words of one kind as they stand. Raises NotFound."""
    require_administrator(actor)
    kind = _kind(slug)
    with db.reading() as session:
        own = session.get(LetterTemplate, kind.key)
        line, sent = _line(session, kind, own), letters.words_of(session, kind)
    words = Words(own.subject, own.body) if own else sent
    return TemplatePage(line, words, words != sent, _preview(kind, sent))


def preview(actor: Actor, slug: str, values: Mapping[str, object]) -> Preview:
    """As `subject` and `body` would be read; nothing is saved. Raises Problems, NotFound."""
    require_administrator(actor)
    kind = _kind(slug)
    return _preview(kind, letter_words.read(kind, values))


def save(actor: Actor, slug: str, values: Mapping[str, object]) -> Preview:
    """`subject` and `body` take the place of the program's words in every letter from now on.

    Raises Problems, NotFound.
    """
    require_administrator(actor)
    kind = _kind(slug)
    words = letter_words.read(kind, values)
    with db.writing() as session:
        if words == letter_words.default(kind):
            _put_back(session, actor, kind)
        elif words != letters.words_of(session, kind):
            row = session.get(LetterTemplate, kind.key, with_for_update=True)
            was = _kept(row)
            row = row or LetterTemplate(
                kind=kind.key, subject="", body="", changed_at=clock.now(), changed_by_id=actor.person_id
            )
            row.subject, row.body = words.subject, words.body
            row.changed_at, row.changed_by_id = clock.now(), actor.person_id
            session.add(row)
            audit.record(session, actor.person_id, "words:changed", OF_NO_ROW, title=kind.name, was=was)
    return _preview(kind, words)


def reset(actor: Actor, slug: str) -> TemplatePage:
    """The program's words again. Raises NotFound."""
    require_administrator(actor)
    with db.writing() as session:
        _put_back(session, actor, _kind(slug))
    return show(actor, slug)


def _put_back(session: Session, actor: Actor, kind: LetterKind) -> None:
    row = session.get(LetterTemplate, kind.key, with_for_update=True)
    if row is not None:
        was = _kept(row)
        session.delete(row)
        audit.record(session, actor.person_id, "words:reset", OF_NO_ROW, title=kind.name, was=was)


def _kept(row: LetterTemplate | None) -> dict[str, str] | None:
    """For the audit line: what stood there before."""
    return {"subject": row.subject, "body": row.body} if row else None


def _kind(slug: str) -> LetterKind:
    kind = kind_at(slug)
    if kind is None:
        raise NotFound
    return kind


def _line(session: Session, kind: LetterKind, own: LetterTemplate | None) -> TemplateLine:
    if own is None:
        return TemplateLine(kind, None, "")
    return TemplateLine(kind, own.changed_at, session.get_one(Person, own.changed_by_id).name)


def _preview(kind: LetterKind, words: Words) -> Preview:
    program = programs.current()
    examples = {name: one.example for name, one in kind.placeholders.items()}
    examples |= {"program": program.name, "contact_name": str(program.settings["contact_name"])}
    filled = letter_words.fill(kind, words, examples)
    why = "" if kind.mandatory else letter_paper.why_written(kind)
    unsubscribe = "" if kind.mandatory else "#"
    html = letter_paper.as_html(
        filled.body, subject=filled.subject, program=program.name, why=why, unsubscribe=unsubscribe
    )
    footer = f"{why}\nTo have no more of them: (a link of each person's own)" if why else ""
    return Preview(filled.subject, letter_paper.as_text(filled.body, footer), html)
