"""Who acts, and the one door to other people's records: missing and foreign are refused in the same words."""

from dataclasses import dataclass, field

from sqlmodel import Session, select

from models.certificates import Certificate
from models.claims import Claim
from models.documents import Document
from models.errors import NotAllowed, NotFound
from models.participations import Participation
from models.people import Person, Role


@dataclass(frozen=True)
class Actor:
    """The signed-in person, as looked up for this very deed."""

    person_id: int
    first_name: str
    name: str
    roles: frozenset[str] = field(default=frozenset())
    token_hash: str = ""
    is_new: bool = False

    @property
    def audited_id(self) -> int | None:
        """Who is named in the audit; nobody for the holder of a link, whose name the line tells."""
        return self.person_id or None

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_office(self) -> bool:
        """Of the program's office: may correct what is known of people."""
        return self.is_coordinator or self.is_administrator


def holder_of_link(name: str) -> Actor:
    """Somebody without an account, who acts by the secret link in a letter."""
    return Actor(0, "", name)


def require_coordinator(actor: Actor) -> None:
    """Raises NotFound: who may not see the queue need not know of it."""
    if not actor.is_coordinator:
        raise NotFound


def refuse_editors(actor: Actor) -> None:
    """Raises NotAllowed to whom a coordinator allows to run an event, where it gives credit."""
    if not actor.is_coordinator:
        raise NotAllowed("A coordinator closes the attendance and corrects it: it gives the credits.")


def require_administrator(actor: Actor) -> None:
    """Raises NotFound."""
    if not actor.is_administrator:
        raise NotFound


def require_office(actor: Actor) -> None:
    """Coordinator or administrator. Raises NotFound."""
    if not actor.is_office:
        raise NotFound


def load_claim(session: Session, actor: Actor, claim_id: int, *, lock: bool = False) -> Claim:
    """A claim of one's own, or any claim for a coordinator; `lock` before a deed on it. Raises NotFound."""
    claim = session.get(Claim, claim_id, with_for_update=lock)
    if claim is None or (claim.person_id != actor.person_id and not actor.is_coordinator):
        raise NotFound
    return claim


def load_person(session: Session, actor: Actor, person_id: int) -> Person:
    """Oneself, or anybody for a coordinator. Raises NotFound."""
    person = session.get(Person, person_id)
    if person is None or (person_id != actor.person_id and not actor.is_coordinator):
        raise NotFound
    return person


def load_participation(session: Session, actor: Actor, participation_id: int, *, lock: bool = False) -> Participation:
    """A participation of one's own, or any for a coordinator; `lock` before deciding on it. Raises NotFound."""
    participation = session.get(Participation, participation_id, with_for_update=lock)
    if participation is None or (participation.person_id != actor.person_id and not actor.is_coordinator):
        raise NotFound
    return participation


def load_certificate(session: Session, actor: Actor, number: str, *, lock: bool = False) -> Certificate:
    """A certificate of one's own, or any for a coordinator. Raises NotFound."""
    query = select(Certificate).where(Certificate.number == number)
    certificate = session.exec(query.with_for_update() if lock else query).first()
    if certificate is None or (certificate.person_id != actor.person_id and not actor.is_coordinator):
        raise NotFound
    return certificate


def load_document(session: Session, actor: Actor, document_id: int) -> Document:
    """A document of one's own, or any for a coordinator. Raises NotFound, for one that was removed, too."""
    document = session.get(Document, document_id)
    if document is None or document.removed_at is not None:
        raise NotFound
    if document.person_id != actor.person_id and not actor.is_coordinator:
        raise NotFound
    return document
