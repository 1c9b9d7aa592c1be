"""The verbs of a credit, and every sequence of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from models.credits import Credit, counted_credits, expires_on, shown_credits
from models.errors import NotAllowed, Problems, Refusal, WrongState

ANN, CEM, DOT = 1, 2, 3
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def credit() -> Credit:
    """Ann's, not decided."""
    return Credit(person_id=ANN, line_id=7, credits=Decimal("1.5"), created_at=NOW)


def test_a_coordinator_approves() -> None:
    row = credit()
    row.approve(CEM, NOW)
    assert (row.status, row.decided_by_id, row.decided_at, row.reason) == ("APPROVED", CEM, NOW, "")


def test_declined_with_a_reason_corrected_and_resubmitted() -> None:
    row = credit()
    row.decline(CEM, NOW, "  Not about libraries. ")
    assert (row.status, row.decided_by_id, row.reason) == ("DECLINED", CEM, "Not about libraries.")
    row.resubmit()
    assert (row.status, row.decided_by_id, row.decided_at, row.reason) == ("PENDING", None, None, "")


def test_reopened_it_can_be_decided_again() -> None:
    row = credit()
    row.approve(CEM, NOW)
    row.reopen(DOT)
    assert row.status == "PENDING"
    row.decline(DOT, NOW, "Counted twice.")
    assert row.decided_by_id == DOT


def test_nobody_decides_on_her_own() -> None:
    row = credit()
    with pytest.raises(NotAllowed, match="your own credit"):
        row.approve(ANN, NOW)
    with pytest.raises(NotAllowed, match="your own credit"):
        row.decline(ANN, NOW, "No.")
    row.approve(CEM, NOW)
    with pytest.raises(NotAllowed, match="your own credit"):
        row.reopen(ANN)
    assert row.status == "APPROVED"


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_to_decline_needs_a_reason(reason: str) -> None:
    row = credit()
    with pytest.raises(Problems) as refused:
        row.decline(CEM, NOW, reason)
    assert refused.value.by_field == {"reason": "Say why, so that the person can correct it."}
    assert row.status == "PENDING"


def test_a_decided_credit_is_not_decided_or_withdrawn_again() -> None:
    row = credit()
    row.approve(CEM, NOW)
    with pytest.raises(WrongState, match=r"^This was already approved\.$"):
        row.decline(DOT, NOW, "Too late.")
    with pytest.raises(WrongState, match="Only a pending credit can be withdrawn; this one is approved"):
        row.withdraw()
    with pytest.raises(WrongState, match="Only a declined credit"):
        row.resubmit()
    assert (row.status, row.decided_by_id) == ("APPROVED", CEM)


def test_a_pending_credit_has_nothing_to_reopen() -> None:
    with pytest.raises(WrongState, match="Only a decided credit can be reopened; this one is pending"):
        credit().reopen(CEM)


def test_a_credit_expires_on_the_anniversary_of_its_events_end() -> None:
    assert expires_on(date(2026, 9, 17), 4) == date(2030, 9, 17)
    assert expires_on(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert expires_on(date(2024, 2, 29), 3) == date(2027, 2, 28)


def test_values_are_shown_without_a_trailing_zero() -> None:
    assert [shown_credits(Decimal(value)) for value in ("1", "1.0", "2.5", "60", "0.5")] == [
        "1",
        "1",
        "2.5",
        "60",
        "0.5",
    ]
    assert [counted_credits(Decimal(value)) for value in ("1.0", "0.5", "2")] == [
        "1 credit",
        "0.5 credits",
        "2 credits",
    ]


ALLOWED = {
    ("PENDING", "APPROVED"),
    ("PENDING", "DECLINED"),
    ("PENDING", "WITHDRAWN"),
    ("DECLINED", "PENDING"),
    ("APPROVED", "PENDING"),
}
people = sampled_from([ANN, CEM, DOT])
reasons = sampled_from(["", " ", "Not about libraries."])


class CreditLife(RuleBasedStateMachine):
    """Anybody presses anything in any order: only the deeds of the design ever happen."""

    def __init__(self) -> None:
        super().__init__()
        self.credit = credit()

    def press(self, verb: str, *given: object) -> None:
        before = self.credit.model_dump()
        try:
            getattr(self.credit, verb)(*given)
        except Refusal as refused:
            assert str(refused).endswith(".")
            assert self.credit.model_dump() == before
        else:
            assert (before["status"], self.credit.status) in ALLOWED

    @rule(by=people)
    def approve(self, by: int) -> None:
        self.press("approve", by, NOW)

    @rule(by=people, reason=reasons)
    def decline(self, by: int, reason: str) -> None:
        self.press("decline", by, NOW, reason)

    @rule()
    def withdraw(self) -> None:
        self.press("withdraw")

    @rule()
    def resubmit(self) -> None:
        self.press("resubmit")

    @rule(by=people)
    def reopen(self, by: int) -> None:
        self.press("reopen", by)

    @invariant()
    def decided_means_by_somebody_else_at_a_time(self) -> None:
        is_decided = self.credit.status in {"APPROVED", "DECLINED"}
        assert is_decided == (self.credit.decided_at is not None) == (self.credit.decided_by_id is not None)
        assert self.credit.decided_by_id != ANN

    @invariant()
    def declined_means_with_a_reason(self) -> None:
        assert (self.credit.status == "DECLINED") == bool(self.credit.reason)

    @invariant()
    def owner_and_value_never_change(self) -> None:
        assert (self.credit.person_id, self.credit.line_id, self.credit.credits) == (ANN, 7, Decimal("1.5"))


TestCreditLife = CreditLife.TestCase
