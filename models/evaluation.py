"""evaluate: does this record meet that version of a track, and where did each credit count?

Each half-credit counts in exactly one requirement. The allocation is the best one for the person (a maximum flow
from categories to requirements); among credits of one category the earlier event counts first, ties by id.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from models.allocation import Flow, allocate
from models.base import HALF
from models.credits import CreditStatus, expires_on, shown_credits
from models.times import shown_day

ZERO = Decimal(0)


@dataclass(frozen=True)
class Requirement:
    """A minimum of credits from some categories; no category named means any."""

    key: str
    label: str
    minimum: Decimal
    categories: frozenset[str] = frozenset()

    def accepts(self, category: str) -> bool:
        return not self.categories or category in self.categories


@dataclass(frozen=True)
class Rules:
    """One set of requirements of a track version, with the program's look-back in years."""

    requirements: tuple[Requirement, ...]
    look_back_years: int


@dataclass(frozen=True)
class RecordCredit:
    id: int
    category: str
    credits: Decimal
    status: str
    ended_at: datetime
    ended_on: date
    bound_to: str = ""


@dataclass(frozen=True)
class Record:
    """What a person has for one period; counts_after leaves out what an earlier certificate used.

    `submitted` is the frozen list of a record that was handed in; `not_confirmed` what the supervisor left out of
    it, with her reasons.
    `waivers` are credits by the key of a requirement, with the coordinator's reason; `degree` stands for all of them.
    """

    credits: Sequence[RecordCredit]
    counts_after: datetime | None = None
    submitted: frozenset[int] | None = None
    not_confirmed: Mapping[int, str] = field(default_factory=dict)
    waivers: Mapping[str, "Waived"] = field(default_factory=dict)
    degree: str = ""


@dataclass(frozen=True)
class Waived:
    """So many credits of a requirement need not be earned, for this reason."""

    credits: Decimal
    reason: str


@dataclass(frozen=True)
class Met:
    """A requirement with what is earned (APPROVED), pending on top of it, and missing, in credits."""

    requirement: Requirement
    earned: Decimal
    pending: Decimal
    waived: Decimal = ZERO
    waived_because: str = ""

    @property
    def needed(self) -> Decimal:
        """What is left to be earned after the waiver."""
        return self.requirement.minimum - self.waived

    @property
    def missing(self) -> Decimal:
        return self.needed - self.earned - self.pending

    @property
    def is_met(self) -> bool:
        return self.earned >= self.needed


@dataclass(frozen=True)
class Counted:
    """Where a credit counts (credits by requirement label), or one sentence on why not all of it does.

    `left_out` are those that can count nowhere, whatever is still missing.
    """

    where: Mapping[str, Decimal] = field(default_factory=dict)
    why_not: str = ""
    left_out: bool = False


@dataclass(frozen=True)
class Evaluation:
    requirements: tuple[Met, ...]
    credits: Mapping[int, Counted]
    degree: str = ""

    @property
    def needed(self) -> Decimal:
        """In credits, after waivers."""
        return sum((met.needed for met in self.requirements), ZERO)

    @property
    def waived(self) -> Decimal:
        return sum((met.waived for met in self.requirements), ZERO)

    @property
    def earned(self) -> Decimal:
        return sum((met.earned for met in self.requirements), ZERO)

    @property
    def pending(self) -> Decimal:
        return sum((met.pending for met in self.requirements), ZERO)

    @property
    def missing(self) -> Decimal:
        return self.needed - self.earned - self.pending

    @property
    def is_met(self) -> bool:
        return bool(self.requirements) and all(met.is_met for met in self.requirements)

    @property
    def can_be_submitted(self) -> bool:
        """Earned and pending together meet every requirement."""
        return bool(self.requirements) and all(met.missing <= 0 for met in self.requirements)


def evaluate(rules: Rules, record: Record, today: date) -> Evaluation:
    """Counts what counts on that local day, and explains every credit."""
    why_not = {credit.id: _why_not(credit, rules, record, today) for credit in record.credits}
    counting = sorted(
        (credit for credit in record.credits if not why_not[credit.id]),
        key=lambda credit: (credit.ended_at, credit.id),
    )
    approved = [credit for credit in counting if credit.status == CreditStatus.APPROVED]
    pending = [credit for credit in counting if credit.status == CreditStatus.PENDING]
    waived = {part.key: _waived(part, record) for part in rules.requirements}
    demands = [(part.key, int((part.minimum - waived[part.key].credits) / HALF), part) for part in rules.requirements]
    first = allocate(_supply(approved), demands)
    both = allocate(_supply(pending), demands, start=first)
    explained = {
        **{credit_id: Counted(why_not=sentence, left_out=True) for credit_id, sentence in why_not.items() if sentence},
        **_explain([*approved, *pending], both, rules),
    }
    return Evaluation(
        tuple(_met(part, first, both, waived[part.key]) for part in rules.requirements), explained, record.degree
    )


def _waived(part: Requirement, record: Record) -> Waived:
    """Never more than the requirement asks for; all of it for a degree."""
    if record.degree:
        return Waived(part.minimum, record.degree)
    waiver = record.waivers.get(part.key, Waived(ZERO, ""))
    return Waived(min(waiver.credits, part.minimum), waiver.reason)


def _why_not(credit: RecordCredit, rules: Rules, record: Record, today: date) -> str:
    expired = expires_on(credit.ended_on, rules.look_back_years)
    before = record.counts_after is not None and credit.ended_at <= record.counts_after
    reasons = (
        (credit.status == CreditStatus.DECLINED, "Declined, so it does not count."),
        (credit.status == CreditStatus.WITHDRAWN, "Withdrawn, so it does not count."),
        (bool(credit.bound_to), f"It counted for the certificate {credit.bound_to} and does not count again."),
        (
            record.submitted is not None and credit.id not in record.submitted,
            "It is not on the list that was submitted.",
        ),
        (credit.id in record.not_confirmed, _not_confirmed(record.not_confirmed.get(credit.id, ""))),
        (today > expired, f"It expired on {shown_day(expired)}."),
        (before, "It belongs to the period before: the event ended before that record was submitted."),
        (bool(record.degree), "The degree stands for the whole track, so no credit is used up."),
    )
    return next((sentence for applies, sentence in reasons if applies), "")


def _not_confirmed(reason: str) -> str:
    return f"The supervisor did not confirm it: {reason}" if reason else "The supervisor did not confirm it."


def _supply(credits: Iterable[RecordCredit]) -> dict[str, int]:
    supply: dict[str, int] = {}
    for credit in credits:
        supply[credit.category] = supply.get(credit.category, 0) + int(credit.credits / HALF)
    return supply


def _met(part: Requirement, first: Flow, both: Flow, waived: Waived) -> Met:
    earned = sum(amount for (_, key), amount in first.items() if key == part.key)
    total = sum(amount for (_, key), amount in both.items() if key == part.key)
    return Met(part, earned * HALF, (total - earned) * HALF, waived.credits, waived.reason)


def _explain(credits: Iterable[RecordCredit], flow: Flow, rules: Rules) -> dict[int, Counted]:
    """Hands the flow of each category out to its credits, in their order: those that are earned come first."""
    left = dict(flow)
    explained = {}
    for credit in credits:
        rest = int(credit.credits / HALF)
        where: dict[str, Decimal] = {}
        for part in rules.requirements:
            taken = min(rest, left.get((credit.category, part.key), 0))
            if taken:
                left[credit.category, part.key] -= taken
                rest -= taken
                where[part.label] = taken * HALF
        explained[credit.id] = Counted(where, _surplus(rest * HALF, credit, rules))
    return explained


def _surplus(rest: Decimal, credit: RecordCredit, rules: Rules) -> str:
    if not rest:
        return ""
    if not any(part.accepts(credit.category) for part in rules.requirements):
        return "The track does not ask for this category."
    if rest == credit.credits:
        return "Nothing that it could count for is missing: those requirements are complete."
    return f"{shown_credits(rest)} of it is more than the track needs."
