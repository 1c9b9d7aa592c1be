"""Interim verification: the old supervisor verifies the credits so far, and they stay verified after the move."""

from datetime import date, timedelta

import pytest

from models.errors import NotFound, WrongState
from models.people import Position, PositionKind
from models.verifications import Verification
from services import db, interim, positions, submissions, supervision_answers
from services.access import Actor
from tests import certified, make, supervised

pytestmark = pytest.mark.usefixtures("database")


def position_of(person: Actor) -> Position:
    return next(one for one in certified.rows(Position) if one.person_id == person.person_id)


def leave(by: Actor, person: Actor, ends: str = "2026-11-20") -> None:
    one = position_of(person)
    values = {"library": str(one.library_id), "kind": one.kind, "title": "", "begins": "2020-01-01", "ends": ends}
    positions.save(by, person.person_id, one.id, values)


def test_who_leaves_has_the_credits_so_far_verified_and_the_next_supervisor_is_asked_for_the_rest(
    ann: Actor, cem: Actor, ellen: Actor
) -> None:
    part = certified.full_record(ann, by=cem, events={"Budgets": {"administration": "10"}})
    leave(cem, ann)
    sheet = supervised.answer(supervised.link())
    assert [line.title for line in sheet.asked] == ["Budgets"]

    tom = make.person("Tom Reed")
    place = supervised.works_at(tom, PositionKind.DIRECTOR)
    supervised.works_at(ann, PositionKind.STAFF, place, begins_on=date(2026, 11, 21))
    with db.writing() as session:
        session.get_one(type(certified.participation(part)), part).library_id = None
    certified.approved(ann, "Websites", by=cem, credits={"technology": "5"}, ended=timedelta(days=1))
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    sheet = supervision_answers.show(supervised.link())
    assert sheet.request.verifier_name == "Tom Reed"
    assert [line.title for line in sheet.asked] == ["Websites"]
    assert [(line.title, line.already) for line in sheet.already] == [("Budgets", "Ellen Marsh, Mon, Nov 23, 2026")]
    supervised.answer(supervised.link(), name="Tom Reed")
    assert certified.participation(part).status == "ISSUED"
    who = {row.credit_id: row.verifier_name for row in certified.rows(Verification)}
    assert sorted(who.values()) == ["Ellen Marsh", "Tom Reed"]


def test_when_all_was_verified_on_the_way_nobody_is_asked_again(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    assert interim.ask(ann, part) == "Ellen Marsh"
    supervised.answer(supervised.link())
    submissions.submit(ann, part)
    assert submissions.approve(cem, part).certificate is not None
    assert len(supervised.letters()) == 1


def test_what_the_old_supervisor_did_not_verify_is_asked_of_the_next(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    interim.ask(ann, part)
    supervised.answer(supervised.link(), without={"Budgets": "I was away."})
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    assert [line.title for line in supervision_answers.show(supervised.link()).asked] == ["Budgets"]


def test_the_phone_call_later_does_not_undo_what_was_verified(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.full_record(ann, by=cem)
    interim.ask(ann, part)
    supervised.answer(supervised.link(), without={"Websites": "I was away."})
    submissions.submit(ann, part)
    submissions.approve(cem, part)
    certified.verify(cem, part, without=["Budgets"])
    assert certified.participation(part).status == "ISSUED"


def test_nothing_to_verify_or_nobody_to_ask_is_said(ann: Actor, cem: Actor) -> None:
    supervised.works_at(ann, PositionKind.STAFF)
    part = certified.full_record(ann, by=cem)
    with pytest.raises(WrongState, match="Nobody can be asked"):
        interim.ask(ann, part)
    with pytest.raises(NotFound):
        interim.ask(cem, part)
    leave(cem, ann)
    assert supervised.letters() == []


def test_a_correction_of_long_ago_asks_nobody(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.full_record(ann, by=cem)
    leave(cem, ann, ends="2024-01-31")
    assert supervised.letters() == []
