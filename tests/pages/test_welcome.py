"""The first page of a newcomer."""

from nicegui.testing import User
from sqlmodel import select

from models.letters import Letter
from models.people import Person
from services import clock, db, sign_in
from tests.pages import hands


def newcomer() -> int:
    with db.writing() as session:
        person = Person(first_name="New", last_name="", awaits_introduction=True, created_at=clock.now())
        session.add(person)
        session.flush()
        return person.id or 0


async def test_she_tells_who_she_is_and_a_mistake_loses_nothing(visitor: User) -> None:
    number = newcomer()
    visitor.http_client.cookies.set("aspen", sign_in.begin(number))
    await visitor.open("/welcome")
    hands.fill(visitor, first_name="Winona", last_name="Littlejohn", email="winona@example.org")
    hands.press(visitor, "Begin")
    await visitor.should_see("Choose your library, or that it is not listed.", retries=hands.SOON)
    assert hands.field(visitor, "first_name").value == "Winona"
    hands.fill(visitor, library="not listed", other_library="Reading Room, Opheim")
    hands.press(visitor, "Begin")

    def known() -> bool:
        with db.reading() as session:
            return not session.get_one(Person, number).awaits_introduction

    await hands.until(known)
    with db.reading() as session:
        kinds = set(session.exec(select(Letter.kind).where(Letter.body.contains("Opheim"))))  # type: ignore[attr-defined]
    assert kinds == {"new person"}
