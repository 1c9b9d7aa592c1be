"""The issue of a certificate: number, code, snapshot, bound credits, renewal and letters, in one transaction."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.certificates import Certificate, CertificateFile, read_code
from models.errors import NotFound, WrongState
from models.people import PositionKind
from services import (
    certificate_pages,
    participations,
    profile,
    programs,
    submission_queue,
    submissions,
)
from services.access import Actor
from tests import certified, make
from tests.certified import SPARE, STAFF, TRUSTEE


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def test_the_last_step_issues_a_certificate_with_number_code_and_days(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)

    row = certified.certificate(number)
    assert (row.number, row.status, row.person_id) == ("MT-2026-000001", "VALID", ann.person_id)
    assert (row.issued_on, row.due_on) == (date(2026, 11, 23), date(2030, 11, 23))
    assert (row.issued_at, row.issued_by_id) == (make.NOON, cem.person_id)
    assert read_code(row.code) == row.code
    part = certified.participation(row.participation_id)
    assert (part.status, part.issued_on, part.due_on) == ("ISSUED", row.issued_on, row.due_on)
    (file,) = certified.rows(CertificateFile)
    assert (file.body, file.sha256, file.try_after) == (None, "", make.NOON)


def test_numbers_count_up_within_a_year_and_begin_anew_with_the_next(cem: Actor) -> None:
    """The year is that of the program's day: midnight in Denver is seven hours after midnight in UTC."""
    numbers = [certified.issued(make.person(f"Ann Ames{number}"), by=cem) for number in range(2)]
    make.later(days=38, hours=11)
    numbers.append(certified.issued(make.person("Eve Early"), by=cem))
    make.later(hours=1)
    numbers.append(certified.issued(make.person("Nia New"), by=cem))
    assert numbers == ["MT-2026-000001", "MT-2026-000002", "MT-2026-000003", "MT-2027-000001"]


def test_it_says_for_good_what_was_so_on_the_day_of_issue(cem: Actor) -> None:
    ann = make.person()
    make.position(ann, "Butte Public Library", begins_on=date(2020, 1, 1), kind=PositionKind.TRUSTEE)
    number = certified.issued(ann, by=cem)

    profile.change(ann, {"first_name": "Anna", "last_name": "Zurich", "phone": "", "email": "ann.ames@example.org"})

    said = certified.certificate(number).snapshot
    assert (said["name"], said["track"], said["version"], said["renewal"]) == ("Ann Ames", "Trustee", "2023-07", False)
    assert (said["library"], said["position"]) == ("Butte Public Library", "trustee")
    assert said["lines"] == [
        {"label": "Library Administration", "credits": "10"}, {"label": "Any category", "credits": "5"}]  # fmt: skip
    assert (said["total"], said["signer"]) == ("15 credits", "Cem Coole")
    assert said["credits"][0] == {
        "title": "Budgets",
        "ended_on": "2026-10-24",
        "category": "Library Administration",
        "counted": {"Library Administration": "10"},
    }


def test_the_renewal_opens_that_day_with_what_ends_after_the_submission(ann: Actor, cem: Actor) -> None:
    part = certified.full_record(ann, by=cem, events={**TRUSTEE, **SPARE})
    participations.update(ann, part, {"position": "Chair", "verifier_name": "Bea Board", "note": "For this one only"})
    submissions.submit(ann, part)
    make.later(days=3)
    certified.approved(ann, "Between", by=cem, credits={"administration": "2"})
    submissions.approve(cem, part)
    certified.verify(cem, part)

    (renewal,) = certified.open_ones(ann)

    assert (renewal.renewal, renewal.status, renewal.counts_after) == (True, "IN_PROGRESS", make.NOON)
    assert (renewal.begins_on, renewal.due_on) == (date(2026, 11, 26), date(2030, 11, 26))
    assert (renewal.position, renewal.verifier_name, renewal.note) == ("Chair", "Bea Board", "")
    assert participations.show(ann, renewal.id or 0).evaluation.earned == 2


def test_a_record_begun_by_the_manual_of_2009_is_judged_by_it_and_renewed_by_today_s(cem: Actor) -> None:
    ann = make.person()
    make.later(days=-3 * 365 - 180)  # May 2023
    part = participations.add(ann, make.track("staff"))
    assert participations.show(ann, part).version == "2009"
    make.later(days=3 * 365 + 180)
    for title, values in STAFF.items():
        certified.approved(ann, title, by=cem, credits=values)
    submissions.submit(ann, part)
    submissions.approve(cem, part)

    row = certified.certificate(certified.verify(cem, part).certificate or "")

    assert row.snapshot["version"] == "2009"
    assert [line["credits"] for line in row.snapshot["lines"]] == ["10", "10", "10", "10", "20"]
    (renewal,) = certified.open_ones(ann)
    assert participations.show(ann, renewal.id or 0).version == "2023-07"


def test_what_is_enough_today_is_not_enough_for_a_record_of_2009(cem: Actor) -> None:
    ann = make.person()
    make.later(days=-3 * 365 - 180)
    part = participations.add(ann, make.track("staff"))
    make.later(days=3 * 365 + 180)
    for category in ("administration", "public_services", "collections"):
        certified.approved(ann, category, by=cem, credits={category: "5"})
    certified.approved(ann, "Websites", by=cem, credits={"technology": "45"})
    with pytest.raises(WrongState, match="Library Administration: 5 credits missing"):
        submissions.submit(ann, part)
    assert participations.show(ann, part).evaluation.missing == 15
    today = programs.current().version_for(make.track("staff"), programs.current().today())
    assert today is not None and today.version == "2023-07"


def test_a_name_that_no_typeface_has_is_refused_before_anything_is_issued(cem: Actor) -> None:
    ann = make.person("Ann \U00013080\U00013081")
    part = certified.reviewed(ann, by=cem)
    with pytest.raises(WrongState, match="has signs that no typeface here can print: “\U00013080”, “\U00013081”"):
        certified.verify(cem, part)
    assert certified.rows(Certificate) == []
    assert certified.participation(part).verified_at is None
    assert len(certified.open_ones(ann)) == 1


def test_a_letter_and_an_audit_line_tell_of_it(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    (letter,) = certified.letters_to(ann)
    assert (letter.kind, letter.subject, letter.address) == (
        "certificate issued", f"Your certificate {number}", "ann.ames@example.org")  # fmt: skip
    assert "It is valid until November 23, 2030." in letter.body
    (deed,) = certified.deeds(ann, "certificate")
    assert (deed.action, deed.actor_id, deed.details) == ("certificate:issued", cem.person_id, {"title": number})


def test_a_record_is_judged_by_the_day_of_submission(ann: Actor, cem: Actor) -> None:
    """Credits that expire while the record waits still count."""
    part = participations.add(ann, make.track("trustee"))
    make.later(days=-3 * 365 - 360)
    for title, values in TRUSTEE.items():
        certified.approved(ann, title, by=cem, credits=values)
    clock_day = datetime(2026, 11, 23, 19, tzinfo=UTC) - timedelta(days=5)
    make.later(seconds=(clock_day - (make.NOON - timedelta(days=3 * 365 + 360))).total_seconds())
    submissions.submit(ann, part)
    make.later(days=30)
    submissions.approve(cem, part)
    assert certified.verify(cem, part).certificate


def test_only_its_owner_and_coordinators_open_a_certificate(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)

    assert certificate_pages.show(ann, number).is_own
    for who, wanted in ((make.person("Dia Dunn"), number), (cem, "MT-2026-999999")):
        with pytest.raises(NotFound):
            certificate_pages.show(who, wanted)


def test_a_name_that_is_too_long_for_the_sheet_is_refused_before_anything_is_issued(cem: Actor) -> None:
    part = certified.reviewed(make.person(f"{'Anna' * 11} {'Ames' * 10}"), by=cem)
    assert "85 letters; at most 80 fit" in submission_queue.show(cem, part).cannot_be_printed
    with pytest.raises(WrongState, match="85 letters; at most 80 fit"):
        certified.verify(cem, part)
    assert certified.rows(Certificate) == []
