"""The link at the foot of a letter."""

import pytest
from nicegui.testing import User

from services import letter_wishes
from tests.pages import records

ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def wants() -> bool:
    return letter_wishes.wishes(records.actor("participant"))[0].wanted


async def test_looking_changes_nothing_and_the_button_does(visitor: User) -> None:
    link = records.unsubscribe_link()
    shown = await visitor.http_client.get(link)
    assert (shown.status_code, "Credit approved" in shown.text, wants()) == (200, True, True)
    assert "Delgado" not in shown.text
    done = await visitor.http_client.post(link)
    assert "You get no more letters of the kind “Credit approved”." in done.text
    assert not wants()


async def test_a_mail_provider_s_single_click_does_it_without_cookie_or_origin(visitor: User) -> None:
    visitor.http_client.cookies.clear()
    done = await visitor.http_client.post(records.unsubscribe_link(), content=ONE_CLICK, headers=FORM)
    assert (done.status_code, wants()) == (200, False)


@pytest.mark.parametrize("header", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
async def test_another_site_s_form_does_not(visitor: User, header: dict[str, str]) -> None:
    done = await visitor.http_client.post(records.unsubscribe_link(), content=ONE_CLICK, headers=FORM | header)
    assert (done.status_code, wants()) == (403, True)


async def test_a_link_that_is_none_says_so(visitor: User) -> None:
    for method in (visitor.http_client.get, visitor.http_client.post):
        answer = await method("/letters/unsubscribe/nothing")
        assert (answer.status_code, "This link is not valid." in answer.text) == (404, True)
