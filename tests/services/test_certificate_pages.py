"""What pages show of certificates, and the check that is open to anybody."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from models.certificates import shown_code
from models.errors import NotFound
from services import certificate_changes, certificate_lists, certificate_pages, db
from services.access import Actor
from tests import certified, make
from tests.certified import STAFF


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


def code_of(number: str) -> str:
    return shown_code(certified.certificate(number).code)


def test_who_holds_the_code_learns_what_the_certificate_shows_and_no_more(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)

    found = certificate_pages.verify(code_of(number))

    assert found is not None
    assert asdict(found) == {
        "number": "MT-2026-000001",
        "name": "Ann Ames",
        "track": "Trustee",
        "issued_on": date(2026, 11, 23),
        "due_on": date(2030, 11, 23),
        "standing": "VALID",
        "ended_on": None,
        "program": "Montana State Library",
    }


def test_it_is_read_however_it_is_typed(ann: Actor, cem: Actor) -> None:
    code = code_of(certified.issued(ann, by=cem))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert certificate_pages.verify(typed) == certificate_pages.verify(code)


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000", "7K3M-9QXT-4H2W-PB6D", "MT-2026-000001", "' OR 1=1 --"])
def test_unknown_and_no_code_are_answered_alike(ann: Actor, cem: Actor, typed: str) -> None:
    certified.issued(ann, by=cem)
    assert certificate_pages.verify(typed) is None


def test_a_superseded_and_a_revoked_one_say_so_with_the_day_and_without_the_reason(cem: Actor) -> None:
    ann = make.person()
    first = certified.issued(ann, by=cem)
    make.later(days=1)
    second = certificate_changes.supersede(cem, first, {"name": "Anne Ames", "reason": "Private."})
    make.later(days=1)
    certificate_changes.revoke(cem, second, "Private.")
    found = [certificate_pages.verify(code_of(number)) for number in (first, second)]
    assert [(one.standing, one.ended_on, one.name) for one in found if one] == [
        ("SUPERSEDED", date(2026, 11, 24), "Ann Ames"),
        ("REVOKED", date(2026, 11, 25), "Anne Ames"),
    ]
    assert "Private" not in str(found)


def test_it_is_valid_to_the_end_of_its_due_day_in_the_program_s_zone(ann: Actor, cem: Actor) -> None:
    code = code_of(certified.issued(ann, by=cem))
    make.later(days=4 * 365 + 1, hours=11)
    assert (found := certificate_pages.verify(code)) is not None
    assert found.standing == "VALID"
    make.later(hours=1)
    assert (found := certificate_pages.verify(code)) is not None
    assert found.standing == "EXPIRED"


def test_one_is_shown_with_its_record_to_owner_and_coordinator(ann: Actor, cem: Actor) -> None:
    number = certified.issued(ann, by=cem)
    mine, hers = certificate_pages.show(ann, number), certificate_pages.show(cem, number)
    assert (mine.is_own, mine.may_change, hers.is_own, hers.may_change) == (True, False, False, True)
    assert (mine.standing, mine.replaces, mine.replaced_by) == ("VALID", None, None)
    assert mine.participation.status == "ISSUED"
    assert mine.document["name"] == "Ann Ames"
    certificate_changes.revoke(cem, number, "A reason.")
    assert not certificate_pages.show(cem, number).may_change
    for who, wanted in ((make.person("Dia Dunn"), number), (cem, "MT-2026-999999")):
        with pytest.raises(NotFound):
            certificate_pages.show(who, wanted)


def test_a_person_s_are_listed_the_oldest_first(ann: Actor, cem: Actor) -> None:
    first = certified.issued(ann, by=cem, events=STAFF, key="staff")
    make.later(days=20)
    second = certified.issued(ann, by=cem, events={"Boards": {"administration": "15"}})
    make.later(days=20)
    third = certificate_changes.supersede(cem, first, {"name": "Anne Ames", "reason": "Misspelt."})
    certified.issued(make.person("Dia Dunn"), by=cem)
    with db.reading() as session:
        lines = certificate_lists.of_person(session, ann.person_id)
    assert [(line.number, line.standing) for line in lines] == [
        (first, "SUPERSEDED"), (third, "VALID"), (second, "VALID")]  # fmt: skip


def test_all_are_listed_the_newest_first_and_found_by_number_name_and_track(cem: Actor) -> None:
    first = certified.issued(make.person("Zoë Ågren"), by=cem)
    second = certified.issued(make.person("Bo 100%"), by=cem, events=STAFF, key="staff")

    def found(words: str) -> list[str]:
        lines, total = certificate_pages.newest(cem, words)
        assert len(lines) == total
        return [line.number for line in lines]

    assert found("") == [second, first]
    assert found("ågren ZOË") == [first]
    assert found("%") == [second]
    assert found("library staff") == [second]
    assert found("000001") == [first]
    assert found("nobody") == []
    assert certificate_pages.newest(cem, number=1) == ([], 2)
    with pytest.raises(NotFound):
        certificate_pages.newest(make.person())
