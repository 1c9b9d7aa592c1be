"""The power is cut at any write: with the app's own statements and settings no acknowledged deed is lost."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from shutil import copy

import pytest
from sqlalchemy import event

from services import claims, db, programs, review
from services.access import Actor
from tests import make
from tests.services import power_cuts
from tests.services.power_cuts import Disk, Run, Sync, Write

CUTS, SEED = 150, 20261123

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


@contextmanager
def listening() -> Iterator[list[str]]:
    """Every statement that goes to SQLite, with its values."""
    heard: list[str] = []

    def hear(statement: str) -> None:
        """A trigger is told as a remark, and then the statement again that fired it."""
        if not statement.startswith("--") and heard[-1:] != [statement]:
            heard.append(statement)

    def listen(raw: sqlite3.Connection, *_: object) -> None:
        raw.set_trace_callback(hear)

    event.listen(db.engine(), "checkout", listen)
    yield heard
    event.remove(db.engine(), "checkout", listen)


def deeds_of_a_day(ann: list[Actor], cem: Actor, events: list[int]) -> Iterator[Callable[[], object]]:
    """Claims, of which every third is declined with a letter."""
    for event_id in events:
        for number, one in enumerate(ann):
            claimed: list[int] = []
            yield lambda one=one, event_id=event_id, made=claimed: made.append(  # type: ignore[misc]
                claims.claim_event(one, event_id).claim_id
            )
            if number % 3 == 0:
                yield lambda made=claimed: review.decline(cem, made, "No.")  # type: ignore[misc]


@pytest.fixture
def deeds(database: Path) -> list[list[str]]:
    """The statements of each deed; the database file is again as it was before them."""
    people = [make.person(f"Ann Ames{number}") for number in range(24)]
    cem = make.coordinator()
    events = [make.event(f"Event {number}", credits={"administration": "1", "technology": "1"}) for number in range(8)]
    programs.current()
    db.disconnect()
    copy(database, database.with_suffix(".before"))
    db.connect(database)
    told = []
    with listening() as heard:
        for deed in deeds_of_a_day(people, cem, events):
            deed()
            told.append(heard[:])
            heard.clear()
    db.disconnect()
    copy(database, database.with_suffix(".after"))
    copy(database.with_suffix(".before"), database)
    return told


def carried_out(database: Path, pragmas: list[str], deeds: list[list[str]]) -> Run:
    """The deeds again, on the disk that is written down; they come to what they came to in the app."""
    run = power_cuts.run(database, pragmas, deeds)
    with closing(sqlite3.connect(database)) as again, closing(sqlite3.connect(database.with_suffix(".after"))) as app:
        assert list(again.iterdump()) == list(app.iterdump())
    return run


def verdict(disk: Disk, folder: Path, done: int) -> str:
    """Opens what lies on the disk: `whole`, or what is wrong with it."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in disk.items():
        (folder / name).write_bytes(data)
    try:
        with closing(sqlite3.connect(folder / "aspen.sqlite3")) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "damaged"
            saved, credits, declined, letters, lines = (
                connection.execute(question).fetchone()[0] for question in COUNTED
            )
    except sqlite3.DatabaseError:
        return "damaged"
    if (credits, letters, lines) != (2 * saved, declined / 2, saved + declined / 2):
        return "by half"
    return "whole" if lines >= done else "lost"


COUNTED = (
    "SELECT count(*) FROM claim",
    "SELECT count(*) FROM credit",
    "SELECT count(*) FROM credit WHERE status = 'DECLINED'",
    "SELECT count(*) FROM letter",
    "SELECT count(*) FROM audit_line",
)


def cut_everywhere(run: Run, folder: Path) -> Counter[str]:
    """What came of cuts at random places, always the same ones."""
    chance, found = Random(SEED), Counter[str]()  # noqa: S311 -- no secret
    folder.mkdir()
    for _ in range(CUTS):
        at = chance.randrange(1, len(run.log))
        found[verdict(run.after_cut(at, chance), folder, run.done(at))] += 1
    return found


def with_synchronous(how: str) -> list[str]:
    return [f"synchronous={how}" if pragma.startswith("synchronous=") else pragma for pragma in db.PRAGMAS]


def test_with_our_settings_no_cut_loses_or_damages_anything(database: Path, deeds: list[list[str]]) -> None:
    run = carried_out(database, [*db.PRAGMAS], deeds)
    assert cut_everywhere(run, database.parent / "cut") == {"whole": CUTS}
    assert [op for op in run.log if isinstance(op, Write) and op.file == "aspen.sqlite3"], "no checkpoint was seen"
    assert sum(isinstance(op, Sync) for op in run.log) >= len(deeds)


def test_without_waiting_for_the_disk_the_same_cuts_lose_what_was_acknowledged(
    database: Path, deeds: list[list[str]]
) -> None:
    """The control: if it saw no loss, the test above would be blind."""
    run = carried_out(database, with_synchronous("OFF"), deeds)
    found = cut_everywhere(run, database.parent / "cut")
    assert found["lost"] + found["damaged"] + found["by half"] > CUTS / 3
    assert found["damaged"] > 0


def test_waiting_only_now_and_then_loses_too_though_nothing_is_damaged(database: Path, deeds: list[list[str]]) -> None:
    """Why the setting is FULL and not SQLite's own advice for WAL."""
    run = carried_out(database, with_synchronous("NORMAL"), deeds)
    found = cut_everywhere(run, database.parent / "cut")
    assert found["lost"] > CUTS / 3
    assert found["damaged"] == found["by half"] == 0
