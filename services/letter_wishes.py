"""Letters that people do without: unsubscribed by the link in one, or on their own page."""

from collections.abc import Collection
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session, select

from models.errors import NotFound
from models.letters import Unsubscribed
from models.people import Person
from services import audit, clock, db, installation, letters
from services.access import Actor
from services.letter_kinds import KINDS, LetterKind

SALT = "letters that are not wanted"
DEMO_KEY = "the demo has no secret"


@dataclass(frozen=True)
class Wish:
    kind: LetterKind
    wanted: bool


def link(person_id: int, kind: str) -> str:
    """The address that ends letters of this kind to this person; it holds for good."""
    token = _serializer().dumps([person_id, kind])
    return f"{installation.settings().base_url.rstrip('/')}/letters/unsubscribe/{token}"


def behind(token: str) -> LetterKind:
    """What the link is about; looking changes nothing. Raises NotFound for a link that is none of ours."""
    with db.reading() as session:
        return _read(session, token)[1]


def unsubscribe(token: str) -> LetterKind:
    """No more letters of this kind, nor those that wait; to say it again changes nothing. Raises NotFound."""
    with db.writing() as session:
        person, kind = _read(session, token)
        _set(session, person.id or 0, kind, wanted=False)
        return kind


def wishes(actor: Actor) -> list[Wish]:
    """The kinds that this person may do without, and which of them she wants."""
    with db.reading() as session:
        gone = set(session.exec(select(Unsubscribed.kind).where(Unsubscribed.person_id == actor.person_id)))
    return [Wish(kind, kind.key not in gone) for kind in _offered(actor)]


def choose(actor: Actor, kinds: Collection[str]) -> None:
    """The keys of the kinds that she wants; the others that she may do without are not written any more."""
    with db.writing() as session:
        for kind in _offered(actor):
            _set(session, actor.person_id, kind, wanted=kind.key in kinds)


def _offered(actor: Actor) -> list[LetterKind]:
    return [kind for kind in KINDS.values() if not kind.mandatory and (actor.is_coordinator or not kind.office)]


def _set(session: Session, person_id: int, kind: LetterKind, *, wanted: bool) -> None:
    row = session.get(Unsubscribed, (person_id, kind.key))
    if wanted == (row is None):
        return
    if row is not None:
        session.delete(row)
    elif db.insert_unless_there(session, Unsubscribed(person_id=person_id, kind=kind.key, since=clock.now())):
        letters.cancel_kind(session, person_id, kind.key)
    deed = "letters:wanted" if wanted else "letters:unwanted"
    audit.record(session, person_id, deed, person_id, person_id=person_id, title=kind.name)


def _read(session: Session, token: str) -> tuple[Person, LetterKind]:
    try:
        person_id, key = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        raise NotFound(NO_LINK) from None
    person, kind = session.get(Person, person_id), KINDS.get(key)
    if person is None or kind is None or kind.mandatory:
        raise NotFound(NO_LINK)
    return person, kind


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(installation.settings().secret_key or DEMO_KEY, salt=SALT)


NO_LINK = "This link is not valid. Choose the letters that you want on your ASPeN User page."
