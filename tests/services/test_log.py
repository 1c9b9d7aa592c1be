"""The log: one line a deed, for people and for machines, without what says who somebody is."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from models.people import Person
from services import clock, db, journal, log
from services.errands import errand
from tests import make

EMAIL, TOKEN = "ann.ames@example.org", "kq3Vx0b1Zs9yT7u-5wEr_2aLmN8pQ4oD6hJ0fGcXvBk"
WINDOW = "0b9f6a52-5f0e-4a3b-9a55-0e7f3c9d1a22"


class Heard:
    """What came out at the standard error since it was last asked."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.said = lambda: capsys.readouterr().err

    def lines(self) -> list[str]:
        return self.said().splitlines()

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines()]


@pytest.fixture
def heard(capsys: pytest.CaptureFixture[str]) -> Iterator[Heard]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log.set_up("json")
    yield Heard(capsys)
    root.handlers[:] = before
    root.setLevel(level)


def test_a_deed_is_one_line_for_people(database: Path, heard: Heard) -> None:
    log.set_up("text")
    ann = make.person()
    with errand("/ce/claim/{event_id}") as running:
        claim_id = make.claim(ann)
    (line,) = heard.lines()
    moment, level, told = line.split(maxsplit=2)
    assert (len(moment), moment[-1], level) == (24, "Z", "INFO")
    words = dict(word.split("=") for word in told.split()[1:])
    assert int(words.pop("ms")) < 10_000
    assert told.startswith("claim:saved ")
    assert words == {
        "subject": "claim", "subject_id": str(claim_id), "actor": str(ann.person_id),
        "reference": running.reference, "route": "/ce/claim/{event_id}",
    }  # fmt: skip


def test_a_deed_is_one_object_for_machines(database: Path, heard: Heard) -> None:
    ann = make.person()
    claim_id = make.claim(ann)
    (told,) = heard.objects()
    assert told.pop("time").endswith("Z")
    assert told == {
        "level": "INFO", "event": "claim:saved", "subject": "claim", "subject_id": claim_id, "actor": ann.person_id,
    }  # fmt: skip


def test_a_deed_that_is_not_saved_is_not_told(database: Path, heard: Heard) -> None:
    make.claim(make.person())
    heard.said()
    with pytest.raises(ZeroDivisionError), db.writing() as session:
        from services import audit  # noqa: PLC0415 -- only here

        audit.record(session, None, "person:changed", 1)
        raise ZeroDivisionError
    assert heard.said() == ""


def test_a_fault_of_the_database_tells_where_and_not_whom(database: Path, heard: Heard) -> None:
    """Its own words hold what was to be saved; in a usual log they would stand there."""
    ann = make.person()
    with pytest.raises(IntegrityError) as fault, db.writing() as session:
        session.add(Person(id=ann.person_id, first_name="Ann", last_name="Ames", email=EMAIL, created_at=clock.now()))
    record = logging.LogRecord("x", logging.ERROR, "", 0, "fault", None, (type(fault.value), fault.value, fault.tb))
    usual = logging.Formatter().format(record)
    assert EMAIL in usual
    reference = journal.fault(fault.value)
    said = heard.said()
    told = json.loads(said)
    assert (told["event"], told["reference"]) == ("fault", reference)
    assert told["fault"].startswith("IntegrityError(")
    assert any(place.startswith("tests/services/test_log.py:") for place in told["trace"])
    assert any(place.startswith("sqlalchemy/") for place in told["trace"])
    for word in (EMAIL, "Ann", "Ames", "INSERT"):
        assert word not in said


def test_what_a_fault_came_from_is_told_too(heard: Heard) -> None:
    try:
        try:
            raise FileNotFoundError(2, "No such file", f"/srv/{EMAIL}")
        except FileNotFoundError as first:
            raise ValueError(EMAIL) from first
    except ValueError as fault:
        journal.fault(fault)
    said = heard.said()
    assert json.loads(said)["fault"] == "ValueError from FileNotFoundError(2)"
    assert EMAIL not in said


def test_for_people_a_fault_has_a_line_for_each_step(heard: Heard) -> None:
    log.set_up("text")
    try:
        int("x")
    except ValueError as fault:
        reference = journal.fault(fault)
    first, second = heard.lines()
    assert first.endswith(f"fault reference={reference} fault=ValueError")
    assert second.strip().startswith("tests/services/test_log.py:")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"450 <{EMAIL}> later", "450 <(address)> later"),
        (f"client {WINDOW} is gone", "client (window) is gone"),
        (f"GET /_nicegui_ws/socket.io?client_id={WINDOW}&x=1 200", "GET /_nicegui_ws/socket.io?(query) 200"),
        (f"cookie aspen={TOKEN}", "cookie aspen=(token)"),
        ("one\nAspen INFO forged", "one Aspen INFO forged"),
        ("claim 12 at /ce/claim/{event_id}?", "claim 12 at /ce/claim/{event_id}?"),
    ],
)
def test_what_others_say_is_masked(said: str, told: str, heard: Heard) -> None:
    logging.getLogger("somebody.else").warning(said)
    logging.getLogger("aspen").warning("provider", extra={"problem": said})
    first, second = heard.objects()
    assert (first["event"], first["logger"], second["problem"]) == (told, "somebody.else", told)


def test_what_tells_whole_addresses_is_quiet(heard: Heard) -> None:
    for name in log.QUIET:
        logging.getLogger(name).info("GET https://idp.example.org/authorize?state=1")
    assert heard.said() == ""


def test_setting_up_twice_tells_once(heard: Heard) -> None:
    log.set_up("json")
    logging.getLogger("aspen").info("ready")
    assert [told["event"] for told in heard.objects()] == ["ready"]
