"""More time, or fewer credits, for one person: with a reason that stands in the result."""

from decimal import Decimal

import pytest

from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.people import Role
from services import participations, reliefs, submissions
from tests import certified, make

pytestmark = pytest.mark.usefixtures("database")


def test_a_waiver_stands_in_the_result_and_lets_the_record_through() -> None:
    ann, cem = make.person(), make.coordinator()
    part = certified.full_record(ann, by=cem, events={"Budgets": {"administration": "10"}})
    with pytest.raises(WrongState, match="Any category: 5 credits missing of 5"):
        submissions.submit(ann, part)
    reliefs.waive(cem, part, {"requirement": "any", "credits": "5", "reason": "No course was offered in the county."})
    found = participations.show(ann, part).evaluation
    waived = found.requirements[1]
    assert (waived.waived, waived.needed, waived.is_met) == (Decimal(5), Decimal(0), True)
    assert waived.waived_because == "No course was offered in the county."
    assert certified.letters_to(ann)[-1].body.count("5 credits of “Any category” need not be earned.") == 1
    submissions.submit(ann, part)
    assert submissions.approve(cem, part).certificate is None


def test_a_waiver_of_a_part_leaves_the_rest_and_can_be_taken_back() -> None:
    ann, cem = make.person(), make.coordinator()
    part = participations.add(ann, make.track("trustee"))
    reliefs.waive(cem, part, {"requirement": "administration", "credits": "2.5", "reason": "Because."})
    assert participations.show(ann, part).evaluation.missing == Decimal("12.5")
    reliefs.waive(cem, part, {"requirement": "administration", "credits": "0", "reason": "A mistake."})
    assert participations.show(ann, part).evaluation.missing == 15
    assert certified.participation(part).waivers == {}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"requirement": "any", "credits": "5.25", "reason": "x"}, "credits"),
        ({"requirement": "any", "credits": "5.5", "reason": "x"}, "credits"),
        ({"requirement": "any", "credits": "-1", "reason": "x"}, "credits"),
        ({"requirement": "any", "credits": "NaN", "reason": "x"}, "credits"),
        ({"requirement": "any", "credits": "", "reason": "x"}, "credits"),
        ({"requirement": "none", "credits": "1", "reason": "x"}, "requirement"),
        ({"requirement": "any", "credits": "1", "reason": "  "}, "reason"),
    ],
)
def test_a_waiver_is_refused_at_its_field(values: dict[str, object], field: str) -> None:
    ann, cem = make.person(), make.coordinator()
    part = participations.add(ann, make.track("trustee"))
    with pytest.raises(Problems) as refused:
        reliefs.waive(cem, part, values)
    assert set(refused.value.by_field) == {field}
    assert certified.participation(part).waivers == {}


def test_an_extension_moves_the_due_day_and_says_why() -> None:
    ann, cem = make.person(), make.coordinator()
    certified.issued(ann, by=cem)
    (renewal,) = certified.open_ones(ann)
    due = renewal.due_on
    assert due is not None
    reliefs.extend(cem, renewal.id or 0, {"due_on": "2031-12-31", "reason": "Everybody, for the flood."})
    reliefs.extend(cem, renewal.id or 0, {"due_on": "2032-12-31", "reason": "Again."})
    (one,) = certified.open_ones(ann)
    assert (one.first_due_on, str(one.due_on), one.extension_reason) == (due, "2032-12-31", "Again.")
    assert "until Fri, Dec 31, 2032" in certified.letters_to(ann)[-1].subject


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_on": "", "reason": "x"}, "due_on"),
        ({"due_on": "2026-11-24", "reason": "x"}, "due_on"),
        ({"due_on": "9999-12-31", "reason": "x"}, "due_on"),
        ({"due_on": "2031-12-31", "reason": ""}, "reason"),
    ],
)
def test_an_extension_is_refused_at_its_field(values: dict[str, object], field: str) -> None:
    ann, cem = make.person(), make.coordinator()
    certified.issued(ann, by=cem)
    (renewal,) = certified.open_ones(ann)
    with pytest.raises(Problems) as refused:
        reliefs.extend(cem, renewal.id or 0, values)
    assert set(refused.value.by_field) == {field}


def test_nobody_relieves_herself_and_only_coordinators_relieve() -> None:
    ann, cem = make.person(), make.person("Cem Coole", roles=(Role.COORDINATOR,))
    part, own = participations.add(ann, make.track("trustee")), participations.add(cem, make.track("trustee"))
    values: dict[str, object] = {"requirement": "any", "credits": "1", "reason": "x", "due_on": "2031-12-31"}
    with pytest.raises(NotFound):
        reliefs.waive(ann, part, values)
    with pytest.raises(NotAllowed):
        reliefs.waive(cem, own, values)
    with pytest.raises(WrongState, match="no due day"):
        reliefs.extend(cem, part, values)
