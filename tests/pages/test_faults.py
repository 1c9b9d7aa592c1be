"""A fault of the database, as the person at the page meets it: an apology with a reference, and nothing lost."""

import re
from collections.abc import Callable

import pytest
from nicegui.testing import User
from sqlmodel import func, select

from models.claims import Claim
from services import db
from tests import make
from tests.pages.hands import SOON, press, until

SignIn = Callable[[str], None]
LIE = "CREATE TRIGGER fail BEFORE INSERT ON audit_line BEGIN SELECT RAISE(ABORT, 'the disk lies'); END"


def claims_of_it(event_id: int) -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).where(Claim.event_id == event_id)).one()


async def test_a_deed_that_fails_is_told_with_a_reference_and_can_be_done_again(
    visitor: User, sign_in: SignIn, said: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    sign_in("participant")
    event_id = make.event("Weeding without Tears")
    await visitor.open(f"/ce/claim/{event_id}")
    with db.engine().begin() as connection:
        connection.exec_driver_sql(LIE)
    press(visitor, "SAVE")
    await until(lambda: said)
    found = re.fullmatch(
        r"Something went wrong on our side, and nothing was saved. Please try again. Reference (\S+)", said[0]
    )
    assert found
    assert [getattr(line, "reference", "") for line in caplog.records if line.message == "fault"] == [found[1]]
    assert claims_of_it(event_id) == 0

    caplog.clear()
    with db.engine().begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER fail")
    press(visitor, "SAVE")
    await visitor.should_see("Saved: “Weeding without Tears” stands in your list as PENDING.", retries=SOON)
    assert claims_of_it(event_id) == 1
