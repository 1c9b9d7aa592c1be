"""The link to a new e-mail address."""

from nicegui.testing import User

from services import people
from tests.pages import records


def email_now() -> str | None:
    return people.user_page(records.actor("participant")).person.email


async def test_looking_changes_nothing_the_button_does_and_only_once(visitor: User) -> None:
    link = records.email_link()
    shown = await visitor.http_client.get(link)
    assert (shown.status_code, "maria@darby.example.org" in shown.text) == (200, True)
    assert email_now() == "maria.delgado@example.org"

    done = await visitor.http_client.post(link)
    assert "Your e-mail address is confirmed" in done.text
    assert email_now() == "maria@darby.example.org"
    assert (await visitor.http_client.post(link)).status_code == 404


async def test_a_link_that_is_none_says_so(visitor: User) -> None:
    for path in ("/user/email/nothing", "/user/email/" + "a" * 300):
        answer = await visitor.http_client.get(path)
        assert answer.status_code == 404
        assert "This link is not valid any more" in answer.text


async def test_an_address_of_somebody_else_is_refused_when_it_is_confirmed(visitor: User) -> None:
    link = records.email_link("ruth.ellingson@example.org")
    answer = await visitor.http_client.post(link)
    assert "Another person uses this e-mail address already." in answer.text
    assert email_now() == "maria.delgado@example.org"
