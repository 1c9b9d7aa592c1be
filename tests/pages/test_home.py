"""The first page."""

from collections.abc import Callable

from nicegui.testing import User

from services import events
from tests import make


async def test_a_stranger_finds_the_way_in_and_the_coming_events(visitor: User) -> None:
    text = (await visitor.http_client.get("/")).text
    first = events.coming().events[0].event
    for part in (
        'href="/login"',
        'href="/ce">Continuing Education</a>',
        f'href="/events/{first.id}"',
        "This is a demo",
    ):
        assert part in text


async def test_who_is_signed_in_is_welcomed_with_both_links(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("participant")
    text = (await visitor.http_client.get("/")).text
    for part in ("Welcome, Maria", 'href="/ce">Continuing Education</a>', 'href="/user">ASPeN User page</a>'):
        assert part in text


async def test_markup_in_a_title_is_shown_as_it_was_typed(visitor: User) -> None:
    make.event("<script>alert(1)</script>", ended=-make.timedelta(hours=1))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in (await visitor.http_client.get("/")).text
