"""Asking a supervisor: who is proposed, a letter with a link, sent again, sent to somebody else."""

import pytest

from models.claims import Claim
from models.errors import Problems, WrongState
from models.people import Position, PositionKind
from models.supervision import VerificationRequest
from services import (
    people_changes,
    positions,
    review,
    submissions,
    supervision,
    supervision_answers,
)
from services.access import Actor
from tests import certified, make, supervised

pytestmark = pytest.mark.usefixtures("database")


def test_a_reopened_credit_takes_the_link_away_until_the_record_is_approved_again(
    ann: Actor, cem: Actor, ellen: Actor
) -> None:
    part, old = certified.reviewed(ann, by=cem), supervised.link()
    claim = certified.rows(Claim)[0].id
    review.reopen(cem, claim, "Looked again.")
    with pytest.raises(WrongState, match="replaced"):
        supervision_answers.show(old)
    review.approve(cem, [claim])
    submissions.approve(cem, part)
    assert supervised.link() != old
    supervised.answer(supervised.link())


def test_who_is_not_the_right_person_says_whom_to_ask_and_the_coordinator_asks(
    ann: Actor, cem: Actor, ellen: Actor
) -> None:
    part, old = certified.reviewed(ann, by=cem), supervised.link()
    with pytest.raises(Problems):
        supervision_answers.refer(old, "  ", supervised.VISITOR)
    supervision_answers.refer(old, "Ask Tom Reed.", supervised.VISITOR)
    (told,) = supervised.letters("another supervisor")
    assert (told.person_id, "Ask Tom Reed." in told.body) == (cem.person_id, True)
    with pytest.raises(WrongState, match="Somebody else is asked"):
        supervision_answers.show(old)

    supervised.ask(cem, part)
    assert supervised.letters()[-1].address == "tom.reed@example.org"
    assert [one.state for one in supervision.shown(cem, part).letters] == ["OPEN", "REFERRED"]
    supervised.answer(supervised.link(), name="Tom Reed")
    assert certified.participation(part).status == "ISSUED"


def test_a_link_expires_and_a_new_one_goes_to_the_same_address(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.reviewed(ann, by=cem)
    old = supervised.link()
    with pytest.raises(WrongState, match="only when the old one has expired"):
        supervision_answers.send_new_link(old)
    make.later(hours=30 * 24)
    with pytest.raises(WrongState, match="expired"):
        supervision_answers.show(old)
    supervision_answers.send_new_link(old)
    assert supervised.letters()[-1].address == "ellen.marsh@example.org"
    with pytest.raises(WrongState, match="only when"):
        supervision_answers.send_new_link(old)
    supervised.answer(supervised.link())


def test_a_reminder_comes_once_with_the_same_link(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.reviewed(ann, by=cem)
    assert supervision.remind() == 0
    make.later(hours=7 * 24)
    assert [supervision.remind(), supervision.remind()] == [1, 0]
    assert supervised.link("verification reminder") == supervised.link()
    supervised.answer(supervised.link())


def test_the_phone_call_ends_the_link(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    certified.verify(cem, part)
    with pytest.raises(WrongState, match="replaced"):
        supervision_answers.show(supervised.link())


def test_without_an_address_nobody_is_asked_until_somebody_is_named(ann: Actor, cem: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    assert supervised.letters() == []
    assert supervision.shown(cem, part).proposed is None
    with pytest.raises(Problems) as refused:
        supervised.ask(cem, part, name="", email="nowhere")
    assert set(refused.value.by_field) == {"supervisor_name", "supervisor_email"}
    supervised.ask(ann, part)
    assert supervised.letters()[-1].address == "tom.reed@example.org"


def test_where_the_verification_comes_first_the_letter_goes_out_with_the_submission(
    ann: Actor, cem: Actor, ellen: Actor
) -> None:
    certified.set_program(steps=["verification", "review"])
    part = certified.submitted(ann, by=cem)
    supervised.answer(supervised.link())
    assert certified.participation(part).verified_at is not None
    assert submissions.approve(cem, part).certificate is not None


def test_a_record_that_is_withdrawn_or_returned_asks_nobody(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    submissions.send_back(cem, part, "Look again.")
    with pytest.raises(WrongState, match="replaced"):
        supervision_answers.show(supervised.link())
    with pytest.raises(WrongState, match="not at that step"):
        supervised.ask(cem, part)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (PositionKind.STAFF, "Dora Director"),
        (PositionKind.DIRECTOR, "Clara Chair"),
        (PositionKind.TRUSTEE, "Clara Chair"),
        (PositionKind.BOARD_CHAIR, "Tim Trustee"),
    ],
)
def test_positions_propose_who_verifies_whom(ann: Actor, cem: Actor, kind: PositionKind, asked: str) -> None:
    place = supervised.works_at(ann, kind)
    for name, other in {
        "Dora Director": PositionKind.DIRECTOR,
        "Clara Chair": PositionKind.BOARD_CHAIR,
        "Tim Trustee": PositionKind.TRUSTEE,
    }.items():
        supervised.works_at(make.person(name), other, place)
    part = certified.full_record(ann, by=cem)
    proposed = supervision.shown(ann, part).proposed
    assert proposed is not None
    assert proposed.name == asked


def test_the_head_of_her_department_comes_before_the_director(ann: Actor, cem: Actor) -> None:
    head = make.person("Hedda Head")
    place = supervised.works_at(ann, PositionKind.STAFF, supervisor_id=head.person_id)
    supervised.works_at(make.person("Dora Director"), PositionKind.DIRECTOR, place)
    part = certified.full_record(ann, by=cem)
    proposed = supervision.shown(ann, part).proposed
    assert proposed is not None
    assert (proposed.name, proposed.relation) == ("Hedda Head", "head of department")


def test_the_office_sets_the_head_of_a_department_by_address(ann: Actor, cem: Actor) -> None:
    head, place = make.person("Hedda Head"), supervised.works_at(ann, PositionKind.STAFF)
    (position,) = [one for one in certified.rows(Position) if one.person_id == ann.person_id]
    values = {"library": str(place), "kind": "staff", "title": "", "begins": "2020-01-01", "ends": ""}
    for wrong in ("nobody@example.org", "ann.ames@example.org"):
        with pytest.raises(Problems, match="Nobody else with this address is known"):
            positions.save(cem, ann.person_id, position.id, {**values, "supervisor": wrong})
    positions.save(cem, ann.person_id, position.id, {**values, "supervisor": "Hedda.Head@example.org"})
    (held,) = people_changes.sheet(cem, ann.person_id).held
    assert held.supervisor == "hedda.head@example.org"
    part = certified.reviewed(ann, by=cem)
    assert supervised.letters()[-1].address == "hedda.head@example.org"
    assert supervision.shown(ann, part).letters[0].name == head.name


def test_a_link_cannot_be_guessed_from_what_the_database_holds(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.reviewed(ann, by=cem)
    token, (request,) = supervised.link(), supervised.requests()
    assert len(token) >= 43
    assert token not in str(vars_of(request))


def vars_of(request: VerificationRequest) -> dict[str, object]:
    return {name: getattr(request, name) for name in VerificationRequest.model_fields}
