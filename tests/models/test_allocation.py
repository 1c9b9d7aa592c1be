"""Whatever the rules and the record: the best allocation, each half-credit once, everything explained."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from models.evaluation import Evaluation, Record, RecordCredit, Requirement, Rules, evaluate
from tests.models.records import TODAY, credit, most_that_can_count

CATEGORIES = "abcd"
halves = st.integers(1, 12).map(lambda count: count * Decimal("0.5"))


@st.composite
def some_rules(draw: st.DrawFn) -> Rules:
    """Up to five requirements, each over a set of categories; the empty set takes all."""
    parts = draw(st.lists(st.tuples(halves, st.frozensets(st.sampled_from(CATEGORIES))), min_size=1, max_size=5))
    return Rules(tuple(Requirement(f"r{i}", f"R{i}", least, some) for i, (least, some) in enumerate(parts)), 4)


@st.composite
def some_credits(draw: st.DrawFn) -> list[RecordCredit]:
    """Up to eight credits in a fifth category too, some of them on the same day, some expired."""
    facts = st.tuples(
        st.sampled_from(CATEGORIES + "e"),
        halves,
        st.sampled_from(["APPROVED", "PENDING", "APPROVED", "PENDING", "DECLINED", "WITHDRAWN"]),
        st.sampled_from([0, 1, 2, 300, 1500]),
    )
    return [
        credit(id, category, value, status=status, day=TODAY - timedelta(days=days))
        for id, (category, value, status, days) in enumerate(draw(st.lists(facts, max_size=8)))
    ]


def counting(credits: list[RecordCredit], *statuses: str) -> list[RecordCredit]:
    """Those of these statuses that have not expired."""
    return [one for one in credits if one.status in statuses and (TODAY - one.ended_on).days < 1461]


def evaluated(rules: Rules, credits: list[RecordCredit]) -> Evaluation:
    return evaluate(rules, Record(credits), TODAY)


@given(some_rules(), some_credits())
def test_no_allocation_could_count_more(rules: Rules, credits: list[RecordCredit]) -> None:
    evaluation = evaluated(rules, credits)
    earned = most_that_can_count(rules.requirements, counting(credits, "APPROVED"))
    together = most_that_can_count(rules.requirements, counting(credits, "APPROVED", "PENDING"))
    assert evaluation.earned == earned
    assert evaluation.earned + evaluation.pending == together


@given(some_rules(), some_credits())
def test_no_requirement_takes_more_than_it_asks_for(rules: Rules, credits: list[RecordCredit]) -> None:
    for met in evaluated(rules, credits).requirements:
        assert met.earned >= 0
        assert met.pending >= 0
        assert met.missing >= 0


@given(some_rules(), some_credits())
def test_no_half_credit_counts_twice_or_where_its_category_is_not_taken(
    rules: Rules, credits: list[RecordCredit]
) -> None:
    evaluation = evaluated(rules, credits)
    accepts = {part.label: part.accepts for part in rules.requirements}
    for one in credits:
        where = evaluation.credits[one.id].where
        assert sum(where.values()) <= one.credits
        assert all(accepts[label](one.category) for label in where)


@settings(max_examples=500)
@given(some_rules(), some_credits())
def test_the_credits_of_a_requirement_add_up_to_what_it_shows(rules: Rules, credits: list[RecordCredit]) -> None:
    evaluation = evaluated(rules, credits)
    handed_out: Counter[str] = Counter()
    for counted in evaluation.credits.values():
        handed_out.update({label: int(value * 2) for label, value in counted.where.items()})
    shown = {met.requirement.label: int((met.earned + met.pending) * 2) for met in evaluation.requirements}
    assert {label: handed_out[label] for label in shown} == shown


@given(some_rules(), some_credits())
def test_every_credit_is_explained_to_its_whole_value(rules: Rules, credits: list[RecordCredit]) -> None:
    evaluation = evaluated(rules, credits)
    assert set(evaluation.credits) == {one.id for one in credits}
    for one in credits:
        counted = evaluation.credits[one.id]
        counts_wholly = sum(counted.where.values()) == one.credits
        assert counts_wholly == (counted.why_not == "")


@given(some_rules(), some_credits())
def test_pending_never_takes_from_what_is_earned(rules: Rules, credits: list[RecordCredit]) -> None:
    alone = evaluated(rules, [one for one in credits if one.status == "APPROVED"])
    together = evaluated(rules, credits)
    assert [met.earned for met in together.requirements] == [met.earned for met in alone.requirements]
    for one in counting(credits, "APPROVED"):
        before, after = alone.credits[one.id].where, together.credits[one.id].where
        assert sum(after.values()) == sum(before.values())


@given(some_rules(), some_credits(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_makes_no_difference(rules: Rules, credits: list[RecordCredit], random: object) -> None:
    shuffled = list(credits)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert evaluated(rules, shuffled) == evaluated(rules, credits)


@given(some_rules(), some_credits(), st.sampled_from(CATEGORIES), halves)
def test_one_more_approved_credit_never_makes_a_record_worse(
    rules: Rules, credits: list[RecordCredit], category: str, value: Decimal
) -> None:
    before, after = evaluated(rules, credits), evaluated(rules, [*credits, credit(99, category, value)])
    assert after.earned >= before.earned
    assert after.missing <= before.missing
    assert before.is_met <= after.is_met


@given(some_rules(), some_credits())
def test_a_track_is_met_exactly_when_nothing_of_it_is_left_to_earn(rules: Rules, credits: list[RecordCredit]) -> None:
    evaluation = evaluated(rules, credits)
    assert evaluation.is_met == (evaluation.earned == evaluation.needed)
    assert evaluation.can_be_submitted == (evaluation.missing == 0)
