"""Documents that people hand in: checked, kept by their hash, and opened by those who may."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.documents import Document
from models.errors import Problems
from models.people import Person
from models.texts import typed_id
from services import audit, clock, db, document_files, live
from services.access import Actor, load_document, load_person, require_coordinator
from services.document_check import Clean, cleaned, drawn

RESOURCE = "resource"
PURPOSES = ("diploma", "proof", "transcript", RESOURCE)
MOST_FILES = 50
MOST_TOGETHER = 100 * 1024**2
LONGEST_NAME = 100
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg"}
LEFT_ALONE = timedelta(days=1)
"""A file without a row may belong to a deed that is being saved just now."""


@dataclass(frozen=True)
class Opened:
    name: str
    media_type: str
    body: bytes


def keep(actor: Actor, person_id: int, purpose: str, name: str, body: bytes) -> Document:
    """Keeps a file for a person, oneself or for a coordinator anybody; a picture is drawn anew, a PDF written anew.

    Raises NotFound, and Problems at `file` or `purpose`. CPU work is done in a process of its own; call it off the
    event loop.
    """
    with db.reading() as session:
        load_person(session, actor, person_id)
        _check_room(session, person_id, purpose, 0)
    if purpose not in PURPOSES:
        raise Problems({"purpose": "Say what this file is for."})
    clean = cleaned(body)
    document_files.put(clean.body)
    with db.writing() as session:
        load_person(session, actor, person_id)
        session.get(Person, person_id, with_for_update=True)  # two files at once do not both take the last place
        _check_room(session, person_id, purpose, len(clean.body))
        document = _row(actor, person_id, purpose, name, clean)
        session.add(document)
        session.flush()
        if not document_files.path_of(document.sha256).exists():  # an old one of no document, swept away meanwhile
            document_files.put(clean.body)
        number, title = document.id or 0, document.name
        audit.record(session, actor.person_id, "document:kept", number, person_id=person_id, title=title)
        db.tell(session, lambda: live.record_changed.publish(key=person_id))
        return document


def open_one(actor: Actor, document_id: int) -> Opened:
    """One's own document, or any for a coordinator. Raises NotFound, WrongState when the disk has lost it."""
    with db.reading() as session:
        document = load_document(session, actor, document_id)
    return Opened(document.name, document.media_type, document_files.read(document.sha256))


def view_one(actor: Actor, document_id: int) -> Opened:
    """A picture of any document, for a coordinator. Raises NotFound, WrongState when it cannot be drawn."""
    require_coordinator(actor)
    found = open_one(actor, document_id)
    if found.media_type.startswith("image/"):
        return found
    picture = drawn(found.body)
    return Opened(found.name, picture.media_type, picture.body)


def chosen(session: Session, person_id: int, purpose: str, text: object) -> Document | None:
    """The file that a form names by its id: this person's, for this purpose; None for anything else."""
    document_id = typed_id(text)
    document = session.get(Document, document_id) if document_id else None
    if document is None or document.removed_at is not None:
        return None
    return document if (document.person_id, document.purpose) == (person_id, purpose) else None


def sweep() -> int:
    """Removes files that no document names, such as a crash leaves behind, after a day; returns how many."""
    before = clock.now() - LEFT_ALONE
    with db.writing() as session:
        db.lock_table(session, Document)
        named = set(session.exec(select(Document.sha256).distinct()))
        left = [path for path, written in document_files.lying() if path.name not in named and written < before]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def safe_name(name: str, media_type: str) -> str:
    """The last part of the name, without what file systems, headers and eyes are fooled by, and with our ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign if _is_plain(sign) else " " for sign in last)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", " ".join(shown.split()))
    return (stem[:LONGEST_NAME].strip(" .") or "document") + ENDINGS[media_type]


def _row(actor: Actor, person_id: int, purpose: str, name: str, clean: Clean) -> Document:
    return Document(
        person_id=person_id,
        purpose=purpose,
        name=safe_name(name, clean.media_type),
        media_type=clean.media_type,
        size=len(clean.body),
        sha256=document_files.sha256_of(clean.body),
        kept_at=clock.now(),
        kept_by_id=actor.person_id,
    )


def _is_plain(sign: str) -> bool:
    return sign.isalnum() or sign in " -_.()'&,+" or unicodedata.category(sign).startswith("M")


def _check_room(session: Session, person_id: int, purpose: str, size: int) -> None:
    """Raises Problems when the person's files fill her place; what is handed out with events has its own limit."""
    if purpose == RESOURCE:
        return
    kept = select(func.count(), func.coalesce(func.sum(col(Document.size)), 0)).where(
        Document.person_id == person_id, Document.purpose != RESOURCE, col(Document.removed_at).is_(None)
    )
    files, together = session.exec(kept).one()
    if files >= MOST_FILES or together + size > MOST_TOGETHER:
        raise Problems({"file": FULL.format(files=MOST_FILES, together=MOST_TOGETHER // 1024**2)})


FULL = "There is room for {files} files, {together} MB together, and it is used up. Write to the state library."
