"""Roles: granted by the operator on the command line."""

from sqlmodel import func, select

from models.errors import Refusal
from models.people import Person, Role, RoleGrant
from services import audit, clock, db


def grant(role: str, email: str) -> str:
    """Gives the role to the person of that e-mail; returns her name. Granting twice changes nothing. Raises Refusal."""
    if role not in set(Role):
        raise Refusal(f"{role} is not a role; write one of {', '.join(Role)}.")
    with db.writing() as session:
        person = session.exec(select(Person).where(func.lower(Person.email) == email.lower())).first()
        if person is None:
            raise Refusal(f"Nobody has the e-mail address {email}: import people first.")
        if session.get(RoleGrant, (person.id, role)) is None:
            session.add(RoleGrant(person_id=person.id or 0, role=Role(role), granted_at=clock.now()))
            audit.record(session, None, "person:granted", person.id or 0, person_id=person.id, title=role)
        return person.name
