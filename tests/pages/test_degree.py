"""A graduate hands in the degree: the track first, the file kept at once, mistakes at their fields."""

from collections.abc import Callable

from nicegui.testing import User

from services import degree_queue, degrees, drafts, participations
from tests import make
from tests.handed_in import diploma
from tests.pages import records
from tests.pages.hands import field, press

SignIn = Callable[[str], None]


async def test_the_track_comes_first(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    await visitor.open("/ce/degree")
    await visitor.should_see("A track comes first.")
    await visitor.should_see('href="/ce#track"')
    await visitor.should_not_see("Hand in")


async def test_typed_and_handed_in_it_waits_and_can_be_taken_back(visitor: User, sign_in: SignIn) -> None:
    who = records.actor("administrator")
    participations.add(who, make.track("administrator"))
    drafts.keep(who, degrees.FORM, "file", diploma(who))
    sign_in("administrator")
    await visitor.open("/ce/degree")
    await visitor.should_see("Recent degree")
    with visitor:
        field(visitor, "institution").value = "University of Washington"
        field(visitor, "graduated_on").value = "2019-06-15"
    press(visitor, "Hand in")
    await visitor.should_see("this one is older")
    assert field(visitor, "institution").value == "University of Washington"
    with visitor:
        field(visitor, "kind").value = "MLIS"
        field(visitor, "graduated_on").value = "2026-06-15"
    press(visitor, "Hand in")
    await visitor.should_see("It waits for the coordinator.")
    press(visitor, "Take it back")
    await visitor.should_see("Hand in")
    assert degrees.show(who).latest


async def test_returned_it_says_why_and_keeps_what_was_typed(visitor: User, sign_in: SignIn) -> None:
    number = records.degree_of("participant")
    degree_queue.send_back(records.actor("coordinator"), number, "The file shows only the envelope.")
    participations.add(records.actor("participant"), make.track("administrator"))
    sign_in("participant")
    await visitor.open("/ce/degree")
    await visitor.should_see("The file shows only the envelope.")
    assert field(visitor, "institution").value == "Emporia State University"
