"""A certificate: its code, what it is worth on a day, and how it ends."""

import re
from datetime import UTC, date, datetime

import pytest

from models.certificates import CROCKFORD, Certificate, CertificateStatus, new_code, read_code, shown_code
from models.errors import NotAllowed, Problems, WrongState
from models.times import years_after

ANN, CEM = 1, 2
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
CODE = "7K3M9QXT4H2WPB6D"


def certificate(issued: date = date(2022, 11, 23), due: date | None = date(2026, 11, 23)) -> Certificate:
    """Ann's."""
    return Certificate(
        number="MT-2022-000123",
        code=CODE,
        participation_id=5,
        person_id=ANN,
        track_version_id=3,
        issued_at=NOW,
        issued_by_id=CEM,
        issued_on=issued,
        due_on=due,
        snapshot={},
    )


def test_a_code_has_80_random_bits_without_letters_that_look_alike() -> None:
    codes = [new_code() for _ in range(2000)]
    assert len(CROCKFORD) == 32
    assert not set(CROCKFORD) & set("OILU")
    assert {len(code) for code in codes} == {16}
    assert set("".join(codes)) == set(CROCKFORD)
    assert len(set(codes)) == 2000


def test_it_is_shown_in_four_groups_and_read_back() -> None:
    assert shown_code(CODE) == "7K3M-9QXT-4H2W-PB6D"
    for code in (new_code() for _ in range(200)):
        assert re.fullmatch(r"(\w{4}-){3}\w{4}", shown_code(code))
        assert read_code(shown_code(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "7k3m-9qxt-4h2w-pb6d",
        "  7K3M 9QXT 4H2W PB6D\n",
        "7K3M–9QXT—4H2W‑PB6D",
        "7-K-3-M-9QXT4H2WPB6D",
    ],
)
def test_it_is_read_in_either_case_with_dashes_and_blanks_anywhere(typed: str) -> None:
    assert read_code(typed) == CODE


def test_o_is_read_as_zero_and_i_and_l_as_one() -> None:
    assert read_code("oOil-IL00-1111-OOOO") == "0011110011110000"


@pytest.mark.parametrize(
    "typed",
    ["", "-", CODE[:-1], CODE + "0", "UUUU-UUUU-UUUU-UUUU", "7K3M-9QXT-4H2W-PB6!", "٠١٢٣-9QXT-4H2W-PB6D", "ß" * 16],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_it_is_valid_through_its_due_day_and_expired_the_day_after() -> None:
    row = certificate()
    assert row.standing(date(2026, 11, 23)) == "VALID"
    assert row.standing(date(2026, 11, 24)) == "EXPIRED"
    assert row.status == "VALID"


def test_without_a_due_day_it_does_not_expire() -> None:
    assert certificate(due=None).standing(date(2126, 1, 1)) == "VALID"


def test_issued_on_leap_day_it_is_due_on_leap_day_four_years_later() -> None:
    row = certificate(date(2024, 2, 29), years_after(date(2024, 2, 29), 4))
    assert row.due_on == date(2028, 2, 29)
    assert (row.standing(date(2028, 2, 29)), row.standing(date(2028, 3, 1))) == ("VALID", "EXPIRED")


def test_where_the_year_has_no_leap_day_it_is_due_on_the_last_of_february() -> None:
    row = certificate(date(2096, 2, 29), years_after(date(2096, 2, 29), 4))
    assert (row.standing(date(2100, 2, 28)), row.standing(date(2100, 3, 1))) == ("VALID", "EXPIRED")


@pytest.mark.parametrize(
    ("verb", "status"),
    [(Certificate.supersede, CertificateStatus.SUPERSEDED), (Certificate.revoke, CertificateStatus.REVOKED)],
)
def test_it_ends_with_a_reason_and_then_for_good(verb: object, status: CertificateStatus) -> None:
    assert callable(verb)
    row = certificate()
    verb(row, CEM, NOW, "  The name was misspelt. ")
    assert (row.status, row.ended_at, row.ended_by_id, row.reason) == (status, NOW, CEM, "The name was misspelt.")
    assert row.standing(date(2126, 1, 1)) == status
    for again in (row.supersede, row.revoke):
        with pytest.raises(WrongState, match=f"MT-2022-000123 was already {status.lower()}"):
            again(CEM, NOW, "Again.")


@pytest.mark.parametrize("verb", ["supersede", "revoke"])
def test_nobody_ends_her_own_and_nobody_without_a_reason(verb: str) -> None:
    row = certificate()
    with pytest.raises(NotAllowed, match="your own certificate"):
        getattr(row, verb)(ANN, NOW, "A reason.")
    with pytest.raises(Problems) as refused:
        getattr(row, verb)(CEM, NOW, " \n")
    assert set(refused.value.by_field) == {"reason"}
    assert (row.status, row.ended_at, row.reason) == ("VALID", None, "")
