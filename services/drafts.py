"""Drafts: each field of a long form kept on leaving it; and small choices remembered between visits."""

from typing import Any

from sqlalchemy import JSON, bindparam, text
from sqlmodel import Session

from models.base import Moment
from models.drafts import Draft
from services import clock, db
from services.access import Actor

LONGEST = 10_000


def keep(actor: Actor, form: str, field: str, value: str | bool) -> None:
    """Remembers one field; longer texts are cut at 10,000 characters."""
    with db.writing() as session:
        session.execute(_FIRST, {"person_id": actor.person_id, "form": form, "fields": {}, "kept_at": clock.now()})
        draft = session.get_one(Draft, (actor.person_id, form), with_for_update=True)
        draft.fields = {**draft.fields, field: value[:LONGEST] if isinstance(value, str) else value}
        draft.kept_at = clock.now()


def kept(actor: Actor, form: str) -> dict[str, Any]:
    """What was remembered of that form, by field; empty if nothing was."""
    with db.reading() as session:
        draft = session.get(Draft, (actor.person_id, form))
        return dict(draft.fields) if draft else {}


def discard(actor: Actor, form: str) -> None:
    with db.writing() as session:
        drop(session, actor.person_id, form)


def drop(session: Session, person_id: int, form: str) -> None:
    """Forget a draft within the deed that made it real."""
    draft = session.get(Draft, (person_id, form))
    if draft is not None:
        session.delete(draft)


# Two fields left at the same moment may both be the first of a form.
_FIRST = text(
    "INSERT INTO draft (person_id, form, fields, kept_at) VALUES (:person_id, :form, :fields, :kept_at) "
    "ON CONFLICT (person_id, form) DO NOTHING"
).bindparams(bindparam("fields", type_=JSON), bindparam("kept_at", type_=Moment))
