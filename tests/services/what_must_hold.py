"""What must hold of certifications whatever was done, in whatever order; asked after every deed."""

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlmodel import select

from models.certificates import BoundCredit, Certificate
from models.credits import Credit
from models.participations import OPEN, Participation
from models.programs import TrackVersion
from models.reminders import Reminder
from models.verifications import SubmittedCredit, Verification
from services import db, programs, records
from services.access import Actor
from tests import certified, supervised

SMALL = {
    "trustee": [("administration", "1", ["administration"]), ("any", "1", [])],
    "staff": [("technology", "1", ["technology"])],
    "administrator": [("administration", "1", ["administration"])],
}


class WhatMustHold(RuleBasedStateMachine):
    """`ann` is whose record it is; `bound` is what certificates counted when last looked."""

    ann: Actor
    bound: dict[int, tuple[int, str, object]]

    @invariant()
    def a_bound_credit_was_reviewed_and_confirmed(self) -> None:
        confirmed = {(v.participation_id, v.submission, v.credit_id) for v in certified.rows(Verification)
                     if v.result == "CONFIRMED"}  # fmt: skip
        parts = {part.id: part for part in certified.rows(Participation)}
        for one in certified.rows(BoundCredit):
            part = parts[one.participation_id]
            assert part.status == "ISSUED"
            assert part.reviewed_at and part.verified_at
            assert (part.id, part.submission, one.credit_id) in confirmed

    @invariant()
    def what_is_bound_never_changes(self) -> None:
        credits = {row.id: row for row in certified.rows(Credit)}
        now = {
            one.credit_id: (one.participation_id, str(credits[one.credit_id].status), credits[one.credit_id].credits)
            for one in certified.rows(BoundCredit)
        }
        assert {status for _, status, _ in now.values()} <= {"APPROVED"}
        assert {credit_id: now.get(credit_id) for credit_id in self.bound} == self.bound
        self.bound = now

    @invariant()
    def what_is_bound_counts_nowhere_else_and_still_meets_its_track(self) -> None:
        with db.reading() as session:
            rows = records.credits_of(session, self.ann.person_id)
            lists = records.frozen_lists(session, self.ann.person_id)
        assert len({row.id for row in rows}) == len(rows)
        bound = {one.credit_id: one.participation_id for one in certified.rows(BoundCredit)}
        for part in certified.rows(Participation):
            mine = frozenset(credit_id for credit_id, holder in bound.items() if holder == part.id)
            if part.status in OPEN:
                found = records.evaluated(part, rows, programs.current(), lists.get(part.id))
                assert not [one for one in bound if one in found.credits and found.credits[one].where]
            elif part.status == "ISSUED":
                assert records.evaluated(part, rows, programs.current(), records.Frozen(mine)).is_met

    @invariant()
    def each_reminder_is_written_once_and_a_record_has_one_open_request(self) -> None:
        told = [(one.participation_id, one.due_on, one.days) for one in certified.rows(Reminder)]
        assert len(told) == len(set(told))
        parts = {part.id: part for part in certified.rows(Participation)}
        waiting = [one.participation_id for one in supervised.requests() if one.is_open and one.participation_id]
        assert len(waiting) == len(set(waiting))
        assert {str(parts[part].status) for part in waiting} <= {"SUBMITTED"}

    @invariant()
    def one_certificate_stands_for_each_issued_record_and_numbers_have_no_gap(self) -> None:
        rows = certified.rows(Certificate)
        standing = sorted(row.participation_id for row in rows if row.status != "SUPERSEDED")
        parts = certified.rows(Participation)
        assert standing == sorted(part.id for part in parts if part.status == "ISSUED")
        for year in {row.number[3:7] for row in rows}:
            numbers = [row.number for row in rows if row.number[3:7] == year]
            assert numbers == [f"MT-{year}-{place:06d}" for place in range(1, len(numbers) + 1)]

    @invariant()
    def at_most_one_is_open_on_a_track_and_only_what_was_handed_in_has_a_list(self) -> None:
        parts = {part.id: part for part in certified.rows(Participation)}
        tracks = [part.track_id for part in parts.values() if part.is_open]
        assert len(tracks) == len(set(tracks))
        holders = {one.participation_id for one in certified.rows(SubmittedCredit)}
        assert {str(parts[id].status) for id in holders} <= {"SUBMITTED", "ISSUED"}


def make_requirements_small() -> None:
    """Tracks that one or two credits meet, at first and again."""
    with db.writing() as session:
        for version in session.exec(select(TrackVersion)):
            key = programs.current().versions[version.id or 0].track_key
            parts = [{"key": name, "label": name, "minimum": minimum, "categories": categories}
                     for name, minimum, categories in SMALL.get(key, [])]  # fmt: skip
            version.requirements = {"initial": parts, "renewal": parts}
    programs.forget()
