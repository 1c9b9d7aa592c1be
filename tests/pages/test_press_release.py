"""The press release of a certificate: to copy, and as a file."""

from collections.abc import Callable

from nicegui.testing import User

from services import demo
from tests.pages.certificates import VALID
from tests.pages.hands import press


async def test_its_owner_copies_it(visitor: User, sign_in: Callable[[str], None], said: list[str]) -> None:
    sign_in("director")
    await visitor.open(f"/certificates/{VALID}/press-release")
    await visitor.should_see("Ruth Ellingson")
    press(visitor, "Copy the text")
    assert said == ["Copied. Paste it into a letter or a mail."]


async def test_as_a_file_it_is_plain_text(visitor: User) -> None:
    visitor.http_client.cookies.set("aspen", demo.sign_in_as("director"))
    answer = await visitor.http_client.get(f"/certificates/{VALID}/press-release.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Ruth Ellingson" in answer.text
