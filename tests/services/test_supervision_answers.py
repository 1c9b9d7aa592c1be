"""The supervisor without an account: one answer by a link, to exactly what was shown."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import col, update

from models.certificates import Certificate
from models.errors import NotAllowed, NotFound, Problems, Refusal
from models.events import Event
from models.supervision import RequestState, VerificationRequest
from models.verifications import Verification
from services import (
    audit,
    clock,
    db,
    participations,
    supervision_answers,
)
from services.access import Actor
from services.supervision_answers import Answer, Changed
from tests import certified, supervised

pytestmark = pytest.mark.usefixtures("database")


def test_the_approval_sends_a_letter_and_the_answer_issues(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    (letter,) = supervised.letters()
    assert (letter.address, "Hello Ellen Marsh" in letter.body) == ("ellen.marsh@example.org", True)

    sheet = supervised.answer(supervised.link())
    assert [line.title for line in sheet.asked] == ["Budgets", "Websites"]
    assert certified.participation(part).status == "ISSUED"
    (certificate,) = certified.rows(Certificate)
    assert (certificate.issued_by_id, certificate.snapshot["signer"]) == (cem.person_id, cem.name)
    (request,) = supervised.requests()
    assert (request.state, request.answered_by, request.device, request.address) == (
        RequestState.ANSWERED, "Ellen Marsh", "Safari on iPhone", "192.0.2.7"
    )  # fmt: skip
    assert (request.ended_at, request.shown) == (clock.now(), sheet.digest)
    rows = certified.rows(Verification)
    assert {(row.how, row.verifier_name, row.recorded_by_id, row.request_id) for row in rows} == {
        ("link", "Ellen Marsh", None, request.id)
    }
    with db.reading() as session:
        told = [one.what for one in audit.history(session, ann.person_id)]
    assert any("Ellen Marsh, by the link in our letter" in one for one in told)


def test_looking_changes_nothing_however_often(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    before = vars_of(supervised.requests()[0])
    for _ in range(20):
        supervision_answers.show(supervised.link())
    assert vars_of(supervised.requests()[0]) == before
    assert certified.participation(part).verified_at is None


def test_of_sixteen_answers_at_once_one_counts(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.reviewed(ann, by=cem)
    token = supervised.link()
    digest = supervision_answers.show(token).digest

    def one(number: int) -> str:
        try:
            supervision_answers.answer(token, Answer(digest, f"Ellen {number}"), supervised.VISITOR)
        except Refusal as refusal:
            return str(refusal)
        return "done"

    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(one, range(16)))
    assert sorted(set(told)) == ["This was answered already. Thank you; nothing is left to do.", "done"]
    assert told.count("done") == 1
    winner = f"Ellen {told.index('done')}"
    assert {row.verifier_name for row in certified.rows(Verification)} == {winner}
    assert len(certified.rows(Certificate)) == 1


def test_a_credit_is_left_out_with_a_reason_that_its_owner_reads(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem, events={**certified.TRUSTEE, **certified.SPARE})
    token, digest = supervised.link(), supervision_answers.show(supervised.link()).digest
    weeding = certified.listed(part)["Weeding"]
    with pytest.raises(Problems) as refused:
        supervision_answers.answer(token, Answer(digest, " ", {weeding: " "}), supervised.VISITOR)
    assert set(refused.value.by_field) == {"name", f"reason-{weeding}"}
    supervised.answer(token, without={"Weeding": "She was at the desk that day."})
    shown = participations.show(ann, part).evaluation.credits[weeding]
    assert shown.why_not == "The supervisor did not confirm it: She was at the desk that day."
    assert certified.participation(part).status == "ISSUED"


def test_if_the_rest_does_not_suffice_the_record_goes_back(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    supervised.answer(supervised.link(), without={"Budgets": "It was cancelled."})
    one = certified.participation(part)
    assert one.status == "IN_PROGRESS"
    assert "did not confirm 10 credits (“Budgets”)" in one.returned_note


def test_what_changed_since_is_asked_again(ann: Actor, cem: Actor, ellen: Actor) -> None:
    part = certified.reviewed(ann, by=cem)
    token, before = supervised.link(), supervision_answers.show(supervised.link())
    rename_budgets()
    with pytest.raises(Changed, match="has changed since you opened"):
        supervision_answers.answer(token, Answer(before.digest, "Ellen Marsh"), supervised.VISITOR)
    assert certified.participation(part).verified_at is None


def test_nobody_answers_for_herself(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.reviewed(ann, by=cem)
    token, digest = supervised.link(), supervision_answers.show(supervised.link()).digest
    with pytest.raises(NotAllowed):
        supervision_answers.answer(token, Answer(digest, "Ellen Marsh"), supervised.VISITOR, ann)
    with pytest.raises(Problems, match="own"):
        supervision_answers.answer(token, Answer(digest, "Ann Ames"), supervised.VISITOR)
    part = supervised.requests()[0].participation_id or 0
    with pytest.raises(Problems, match="own record"):
        supervised.ask(cem, part, email="ann.ames@example.org")


def test_a_signed_in_director_answers_on_her_own_page_and_nobody_else(ann: Actor, cem: Actor, ellen: Actor) -> None:
    certified.reviewed(ann, by=cem)
    request_id = supervised.requests()[0].id or 0
    sheet = supervision_answers.show_own(ellen, request_id)
    for other in (ann, cem):
        with pytest.raises(NotFound):
            supervision_answers.answer_own(other, request_id, Answer(sheet.digest, "X"), supervised.VISITOR)
    supervision_answers.answer_own(ellen, request_id, Answer(sheet.digest, "Ellen Marsh"), supervised.VISITOR)
    assert {(row.how, row.recorded_by_id) for row in certified.rows(Verification)} == {("account", ellen.person_id)}


def test_a_link_that_we_never_sent_is_none(ann: Actor) -> None:
    for token in ("", "x", "x" * 500, "\x00"):
        with pytest.raises(NotFound):
            supervision_answers.show(token)


def vars_of(request: VerificationRequest) -> dict[str, object]:
    return {name: getattr(request, name) for name in VerificationRequest.model_fields}


def rename_budgets() -> None:
    """What a coordinator's correction of the event comes to."""
    with db.writing() as session:
        session.exec(update(Event).where(col(Event.title) == "Budgets").values(title="Budgets for Small Libraries"))
