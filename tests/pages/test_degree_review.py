"""The coordinator sees form and diploma side by side, records and issues, or returns with a note."""

import io
from collections.abc import Callable

import pytest
from nicegui.testing import User
from PIL import Image

from services import degree_queue, demo, documents
from tests.handed_in import pdf_with, picture
from tests.pages import records
from tests.pages.hands import press

SignIn = Callable[[str], None]


def waiting() -> int:
    """The demo's degree."""
    return degree_queue.waiting(records.actor("coordinator"))[0].degree_id


async def test_it_stands_in_the_queue_and_opens_beside_its_file(visitor: User, sign_in: SignIn) -> None:
    number = waiting()
    sign_in("coordinator")
    await visitor.open("/review")
    await visitor.should_see(f'href="/review/degrees/{number}"')
    await visitor.open(f"/review/degrees/{number}")
    await visitor.should_see("MLS, Master of Library Science")
    await visitor.should_see("is dated the day of graduation, Sat, May 17, 2025, and valid until Thu, May 17, 2029")
    await visitor.should_see('<img class="paper"')


async def test_recorded_it_issues_before_her_eyes(visitor: User, sign_in: SignIn, said: list[str]) -> None:
    number = waiting()
    sign_in("coordinator")
    await visitor.open(f"/review/degrees/{number}")
    degree_queue.record(records.actor("coordinator"), number)
    await visitor.should_see("Recorded and issued.")


@pytest.mark.parametrize(("name", "body"), [("diploma.pdf", pdf_with()), ("diploma.png", picture("PNG"))])
async def test_a_paper_is_shown_as_a_picture_that_no_browser_runs(visitor: User, name: str, body: bytes) -> None:
    maria = records.actor("participant")
    kept = documents.keep(maria, maria.person_id, "diploma", name, body)
    visitor.http_client.cookies.set("aspen", demo.sign_in_as("coordinator"))
    answer = await visitor.http_client.get(f"/documents/{kept.id}/view")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert Image.open(io.BytesIO(answer.content)).width >= 600


async def test_pressed_it_asks_first(visitor: User, sign_in: SignIn) -> None:
    sign_in("coordinator")
    await visitor.open(f"/review/degrees/{waiting()}")
    press(visitor, "Record and issue")
    await visitor.should_see("Record this degree and issue the certificate to")
