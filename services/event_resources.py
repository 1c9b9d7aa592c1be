"""What is handed out with an event: links and files, open to whoever may see the event."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from models.documents import Document
from models.entries import LONGEST_TITLE, leads_to_the_web
from models.errors import NotFound, Problems
from models.events import Event, EventResource
from models.texts import typed
from services import audit, db, document_files, documents
from services.access import Actor
from services.documents import Opened
from services.event_access import load_event

PURPOSE = "resource"
MOST = 30


def add(actor: Actor, event_id: int, values: Mapping[str, object]) -> None:
    """A `title` with a `link` or a `file` (a document's id). Raises NotFound, Problems."""
    title, link = typed(values.get("title")), typed(values.get("resource_link"))
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        file = documents.chosen(session, actor.person_id, PURPOSE, values.get("file"))
        problems = _problems(title, link, file)
        if len(of_event(session, event_id)) >= MOST:
            problems["title"] = f"An event has room for {MOST} resources."
        if problems:
            raise Problems(problems)
        kept = {"document_id": file.id} if file else {"link": link}
        session.add(EventResource(event_id=event_id, title=title, **kept))
        audit.record(session, actor.person_id, "event:changed", event_id, title=event.title, what=f"“{title}” added.")


def remove(actor: Actor, event_id: int, resource_id: int) -> None:
    """It is handed out no more. Raises NotFound."""
    with db.writing() as session:
        event = load_event(session, actor, event_id, lock=True)
        row = session.get(EventResource, resource_id)
        if row is None or row.event_id != event_id:
            raise NotFound
        session.delete(row)
        what = f"“{row.title}” removed."
        audit.record(session, actor.person_id, "event:changed", event_id, title=event.title, what=what)


def of_event(session: Session, event_id: int) -> list[EventResource]:
    chosen = select(EventResource).where(EventResource.event_id == event_id)
    return list(session.exec(chosen.order_by(col(EventResource.id))))


def open_one(event_id: int, resource_id: int) -> Opened:
    """The file, for anybody while the event is public. Raises NotFound, WrongState when the disk has lost it."""
    with db.reading() as session:
        event, row = session.get(Event, event_id), session.get(EventResource, resource_id)
        if event is None or not event.is_public or row is None or row.event_id != event_id or row.document_id is None:
            raise NotFound
        file = session.get_one(Document, row.document_id)
    return Opened(file.name, file.media_type, document_files.read(file.sha256))


def _problems(title: str, link: str, file: Document | None) -> dict[str, str]:
    problems = {}
    if not title or len(title) > LONGEST_TITLE:
        problems["title"] = "Say in a few words what it is."
    if file is None and not link:
        problems["resource_link"] = "Enter a link, or choose a file."
    elif file is None and not leads_to_the_web(link):
        problems["resource_link"] = "A link begins with https://"
    return problems
