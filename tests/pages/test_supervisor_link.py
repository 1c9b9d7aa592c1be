"""The supervisor's page, plain and without an account."""

import re

import pytest
from nicegui.testing import User

from models.errors import WrongState
from services import clock, submissions, supervision_answers
from services.access import Actor
from tests import certified, make, supervised


@pytest.fixture
def ann(visitor: User) -> Actor:
    """Her record waits for Ellen, her director."""
    ann, cem = make.person(), make.coordinator()
    supervised.staff_and_director(ann)
    certified.reviewed(ann, by=cem, events={**certified.TRUSTEE, **certified.SPARE})
    return ann


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found is not None
    return found.group(1)


async def test_the_link_shows_the_record_and_its_button_verifies(visitor: User, ann: Actor) -> None:
    path = f"/supervisor/{supervised.link()}"
    shown = await visitor.http_client.get(path)
    assert shown.status_code == 200
    assert "Verify credits of Ann Ames" in shown.text
    assert "script" not in shown.text.lower()
    assert (shown.headers["x-robots-tag"], shown.headers["referrer-policy"]) == ("noindex, nofollow", "same-origin")
    for _ in range(5):  # a scanner of letters
        assert (await visitor.http_client.get(path)).status_code == 200

    done = await visitor.http_client.post(path, data={"digest": digest(shown.text), "name": "Ellen Marsh"})
    assert (done.status_code, "Thank you: your answer is recorded" in done.text) == (200, True)
    again = await visitor.http_client.get(path)
    assert (again.status_code, "This was answered already." in again.text) == (410, True)


async def test_a_mistake_keeps_what_was_typed_and_says_where_it_is(visitor: User, ann: Actor) -> None:
    path, part = f"/supervisor/{supervised.link()}", supervised.requests()[-1].participation_id or 0
    weeding = certified.listed(part)["Weeding"]
    shown = await visitor.http_client.get(path)
    typed = {"digest": digest(shown.text), "name": "", f"leave-{weeding}": "1"}
    wrong = await visitor.http_client.post(path, data=typed)
    assert wrong.status_code == 422
    assert f'<a href="#reason-{weeding}">Say in a few words why this credit is not verified.</a>' in wrong.text
    assert f'name="leave-{weeding}" value="1" checked' in wrong.text

    typed |= {"name": "Ellen <b>", f"reason-{weeding}": "At the desk <that day>."}
    done = await visitor.http_client.post(path, data=typed)
    assert done.status_code == 200
    assert certified.participation(part).status == "ISSUED"


async def test_what_changed_meanwhile_is_shown_again(visitor: User, ann: Actor) -> None:
    path = f"/supervisor/{supervised.link()}"
    asked = await visitor.http_client.post(path, data={"digest": "0" * 64, "name": "Ellen Marsh"})
    assert "The record has changed since you opened this page." in asked.text
    done = await visitor.http_client.post(path, data={"digest": digest(asked.text), "name": "Ellen Marsh"})
    assert "Thank you" in done.text


async def test_the_wrong_person_says_so(visitor: User, ann: Actor) -> None:
    path = f"/supervisor/{supervised.link()}"
    empty = await visitor.http_client.post(path, data={"deed": "refer", "note": ""})
    assert (empty.status_code, "Tell us whom to ask" in empty.text) == (422, True)
    told = await visitor.http_client.post(path, data={"deed": "refer", "note": "Tom Reed"})
    assert "Thank you for telling us" in told.text


async def test_an_expired_link_offers_a_new_one(visitor: User, ann: Actor) -> None:
    path = f"/supervisor/{supervised.link()}"
    make.later(hours=31 * 24)
    expired = await visitor.http_client.get(path)
    assert (expired.status_code, "Send me a new link" in expired.text) == (410, True)
    sent = await visitor.http_client.post(path, data={"deed": "renew"})
    assert "A new link is on its way" in sent.text
    assert (await visitor.http_client.get(f"/supervisor/{supervised.link()}")).status_code == 200
    assert "replaced" in (await visitor.http_client.get(path)).text


async def test_a_link_of_nobody_is_told_in_words(visitor: User) -> None:
    answer = await visitor.http_client.get("/supervisor/nothing")
    assert (answer.status_code, "This link is none of ours." in answer.text) == (404, True)


async def test_a_record_that_was_returned_asks_nothing(visitor: User, ann: Actor) -> None:
    token, cem = supervised.link(), make.coordinator("Dot Dale")
    submissions.send_back(cem, supervised.requests()[-1].participation_id or 0, "Look again.")
    with pytest.raises(WrongState):
        supervision_answers.show(token)
    assert (await visitor.http_client.get(f"/supervisor/{token}")).status_code == 410
    assert clock.now() is not None
