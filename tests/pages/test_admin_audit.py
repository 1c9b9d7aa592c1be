"""The audit lines on the screen and as a file."""

import csv
from collections.abc import Callable

from nicegui.testing import User

from tests.pages import hands, records


async def test_lines_are_searched_by_name_and_subject(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("administrator")
    await visitor.open("/admin/audit")
    await visitor.should_see("Signed in.", retries=hands.SOON)
    hands.fill(visitor, text="delgado", subject="claim")
    hands.press(visitor, "Search")
    await visitor.should_see("Maria Delgado", retries=hands.SOON)
    await visitor.should_not_see("Signed in.")
    hands.fill(visitor, text="zeppelin")
    hands.press(visitor, "Search")
    await visitor.should_see("No line fits.", retries=hands.SOON)


async def test_older_lines_are_turned_to_and_back(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("administrator")
    await visitor.open("/admin/audit")
    await visitor.should_see("Signed in.", retries=hands.SOON)
    assert (hands.is_enabled(visitor, "Newer"), hands.is_enabled(visitor, "Older")) == (False, True)
    hands.press(visitor, "Older")
    await hands.until(lambda: hands.is_enabled(visitor, "Newer"))
    hands.press(visitor, "Newer")
    await hands.until(lambda: not hands.is_enabled(visitor, "Newer"))


async def test_the_file_holds_what_was_asked_for_and_no_formula(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("administrator")
    answer = await visitor.http_client.get("/admin/audit.csv?subject=claim&begins=2000-01-01&ends=2100-01-01")
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["Line", "When", "Who", "About", "What", "Deed"]
    assert len(rows) > 2
    assert all(row[5].startswith("claim:") for row in rows[1:])
    nonsense = await visitor.http_client.get("/admin/audit.csv?subject=nothing&begins=x&ends=2001-01-01")
    assert len(nonsense.content.splitlines()) == 1


async def test_a_record_tells_its_history_on_its_page(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("participant")
    claim_id, track_id = records.claim_of("participant"), records.participation_of("participant")
    for path in (f"/ce/credits/{claim_id}", f"/ce/tracks/{track_id}"):
        await visitor.open(path)
        await visitor.should_see("Who did what, newest first.", retries=hands.SOON)
