"""What waits for a signed-in supervisor, and how far her staff are."""

from collections.abc import Callable

import pytest
from nicegui.testing import User

from models.people import PositionKind
from services import demo, review
from services.access import Actor
from tests import certified, make, supervised
from tests.pages import records


@pytest.fixture
def ruth() -> Actor:
    return records.actor("director")


async def test_the_director_verifies_what_waits_for_her(
    visitor: User, sign_in: Callable[[str], None], ruth: Actor
) -> None:
    number = records.request_to("director")
    sign_in("director")
    await visitor.open("/supervisor")
    await visitor.should_see("Waits for you")
    await visitor.should_see(f'href="/supervisor/requests/{number}"')
    visitor.http_client.cookies.set("aspen", demo.sign_in_as("director"))
    assert (await visitor.http_client.get(f"/supervisor/requests/{number}")).status_code == 200


async def test_she_sees_how_far_her_staff_are_and_never_why_a_credit_was_declined(
    visitor: User, sign_in: Callable[[str], None], ruth: Actor
) -> None:
    ann, cem = make.person("Zora Quill"), make.coordinator()
    place = supervised.works_at(ann, PositionKind.STAFF)
    supervised.works_at(ruth, PositionKind.DIRECTOR, place)
    certified.full_record(ann, by=cem)
    review.decline(cem, [make.claim(ann, "Yoga")], "It is not about libraries.")
    sign_in("director")
    await visitor.open("/supervisor")
    await visitor.should_see("Zora Quill")
    await visitor.should_see("Trustee")
    await visitor.should_not_see("It is not about libraries.")
    await visitor.should_not_see("Yoga")


async def test_who_supervises_nobody_is_told_so(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("administrator")
    await visitor.open("/supervisor")
    await visitor.should_see("Nothing waits for you.")
    await visitor.should_see("Nobody is on your staff")
