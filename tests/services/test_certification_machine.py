"""Every order of deeds around two records of one person: what must hold after each of them."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from hypothesis.strategies import DataObject, booleans, data, permutations, sampled_from

from models.certificates import Certificate
from models.errors import Refusal
from models.supervision import VerificationRequest
from models.times import years_after
from services import (
    certificate_changes,
    degree_queue,
    degrees,
    independent_events,
    installation,
    interim,
    participations,
    programs,
    reliefs,
    reminders,
    review,
    submissions,
    supervision,
    supervision_answers,
    supervision_sheets,
)
from services.settings import Settings
from services.supervision_answers import Answer
from tests import certified, handed_in, make, supervised
from tests.conftest import SECRET
from tests.services.what_must_hold import SMALL, WhatMustHold, make_requirements_small

KEYS = sampled_from(["trustee", "staff"])
seen = {"certificates": 0, "superseded": 0, "answers": 0, "degrees": 0}


class Certification(WhatMustHold):
    """Ann claims and submits; Cem and Dot decide. A refusal is an answer like any other."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="aspen-machine-")
        shutil.copy(self.template, Path(self.folder.name) / "aspen.sqlite3")
        installation.connect(Settings(data_dir=Path(self.folder.name), secret_key=SECRET))
        self.time = time_machine.travel(make.NOON, tick=False)
        self.travels = self.time.start()
        make_requirements_small()
        self.ann, self.cem, self.dot = make.person(), make.coordinator(), make.coordinator("Dot Dale")
        supervised.staff_and_director(self.ann)
        self.claims: list[int] = []
        self.bound: dict[int, tuple[int, str, object]] = {}
        for key in SMALL:
            self.take_up(key)

    def teardown(self) -> None:
        rows = certified.rows(Certificate)
        seen["certificates"] += len(rows)
        seen["degrees"] += sum("degree" in row.snapshot for row in rows)
        seen["superseded"] += sum(row.status == "SUPERSEDED" for row in rows)
        installation.close()
        self.time.stop()
        self.folder.cleanup()

    @initialize(steps=permutations(["review", "verification"]), claims=sampled_from(["each", "at_submission"]))
    def run_by(self, steps: list[str], claims: str) -> None:
        certified.set_program(steps=steps, claims=claims)

    @rule(category=sampled_from(["administration", "technology"]), value=sampled_from(["0.5", "1", "2"]))
    def claim(self, category: str, value: str) -> None:
        self.travels.shift(timedelta(hours=2))
        title = f"Event {len(self.claims)}"
        self.claims.append(make.claim(self.ann, title, hours=0.5, credits={category: value}))

    @rule(data=data(), deed=sampled_from(["approve", "approve", "decline", "reopen", "undo", "withdraw", "resubmit"]))
    def decide(self, data: DataObject, deed: str) -> None:
        if not self.claims:
            return
        one = data.draw(sampled_from(self.claims))
        {
            "approve": lambda: attempt(review.approve, self.cem, [one]),
            "decline": lambda: attempt(review.decline, self.cem, [one], "No."),
            "reopen": lambda: attempt(review.reopen, self.dot, one, "Looked again."),
            "undo": lambda: attempt(review.undo, self.cem, [one]),
            "withdraw": lambda: attempt(independent_events.withdraw, self.ann, one),
            "resubmit": lambda: attempt(independent_events.resubmit, self.ann, one, "Please look again."),
        }[deed]()

    @rule()
    def approve_all(self) -> None:
        for one in self.claims:
            attempt(review.approve, self.cem, [one])

    @rule(key=KEYS)
    def take_up(self, key: str) -> None:
        attempt(participations.add, self.ann, make.track(key))

    @rule(key=KEYS)
    def submit(self, key: str) -> None:
        self.travels.shift(timedelta(hours=1))
        self.on_open(key, lambda part: submissions.submit(self.ann, part))

    @rule(key=KEYS)
    def approve_record(self, key: str) -> None:
        self.on_open(key, lambda part: submissions.approve(self.cem, part))

    @rule(key=KEYS)
    def send_back(self, key: str) -> None:
        self.on_open(key, lambda part: submissions.send_back(self.dot, part, "Look again."))

    @rule(key=KEYS)
    def withdraw_record(self, key: str) -> None:
        self.on_open(key, lambda part: participations.withdraw(self.ann, part))

    @rule(key=KEYS, data=data())
    def verify(self, key: str, data: DataObject) -> None:
        def deed(part: int) -> object:
            without = [title for title in certified.listed(part) if data.draw(sampled_from([0, 0, 0, 1]))]
            return certified.verify(self.cem, part, without=without)

        self.on_open(key, deed)

    @rule(key=KEYS, data=data())
    def answer_by_link(self, key: str, data: DataObject) -> None:
        """The supervisor opens the newest letter about this record, and answers to what it shows."""

        def deed(part: int) -> object:
            (request, *_) = [one for one in supervised.requests() if one.participation_id == part and one.is_open]
            return answer(request, data)

        if any(one.is_open and one.participation_id for one in supervised.requests()):
            self.on_open(key, lambda part: deed(part) if asked(part) else None)

    @rule(key=KEYS, data=data())
    def leave_the_library(self, key: str, data: DataObject) -> None:
        self.on_open(key, lambda part: interim.ask(self.ann, part))
        for request in supervised.requests():
            if request.is_open and request.participation_id is None:
                attempt(answer, request, data)

    @rule(key=KEYS, requirement=sampled_from(["administration", "any", "technology"]), credits=sampled_from("01"))
    def waive(self, key: str, requirement: str, credits: str) -> None:
        values = {"requirement": requirement, "credits": credits, "reason": "No course was offered."}
        self.on_open(key, lambda part: reliefs.waive(self.cem, part, values))

    @rule(years=sampled_from([0, 1, 3, 5]), recorded=booleans())
    def degree(self, years: int, recorded: bool) -> None:
        self.take_up("administrator")
        day = years_after(programs.current().today(), -years).isoformat()
        attempt(degrees.hand_in, self.ann, handed_in.degree(self.ann, graduated_on=day))
        for one in degree_queue.waiting(self.cem):
            deed = degree_queue.record if recorded else partial(degree_queue.send_back, note="No.")
            attempt(deed, self.cem, one.degree_id)

    @rule(days=sampled_from([1, 40, 400]))
    def time_goes_by(self, days: int) -> None:
        self.travels.shift(timedelta(hours=24 * days))
        reminders.remind(pause=lambda _: None)
        supervision.remind()

    @rule(key=KEYS)
    def go_all_the_way(self, key: str) -> None:
        """What happens most, so that there are certificates to go on from."""
        self.claim("administration", "2")
        self.claim("technology", "1")
        self.take_up(key)
        self.approve_all()
        self.submit(key)
        self.approve_record(key)
        self.on_open(key, lambda part: certified.verify(self.dot, part))
        self.approve_record(key)

    @rule(data=data(), deed=sampled_from(["name", "track", "revoke"]), key=KEYS)
    def change(self, data: DataObject, deed: str, key: str) -> None:
        rows = certified.rows(Certificate)
        if not rows:
            self.go_all_the_way(key)
            rows = certified.rows(Certificate)
        if not rows:
            return None
        one = data.draw(sampled_from(rows))
        if deed == "revoke":
            return attempt(certificate_changes.revoke, self.cem, one.number, "It never took place.")
        name = f"Ann {len(rows)} Ames" if deed == "name" else one.snapshot["name"]
        values = {"name": name, "track": make.track(key) if deed == "track" else "", "reason": "Wrong."}
        attempt(certificate_changes.supersede, self.dot, one.number, values)

    def on_open(self, key: str, deed: Callable[[int], object]) -> None:
        for part in certified.open_ones(self.ann):
            if part.track_id == make.track(key):
                attempt(deed, part.id)


def asked(part: int) -> bool:
    return any(one.is_open and one.participation_id == part for one in supervised.requests())


def answer(request: VerificationRequest, data: DataObject) -> None:
    """Each credit is verified, or left out with a reason."""
    token = supervision_sheets.token_of(request)
    sheet = supervision_answers.show(token)
    refused = {line.credit_id: "I was away." for line in sheet.asked if data.draw(sampled_from([0, 0, 0, 1]))}
    seen["answers"] += 1
    supervision_answers.answer(token, Answer(sheet.digest, "Ellen Marsh", refused), supervised.VISITOR)


def attempt(deed: Callable[..., object], *args: object) -> None:
    try:
        deed(*args)
    except Refusal:
        return


@pytest.mark.slow
def test_every_order_of_deeds_keeps_what_must_hold(template: Path) -> None:
    Certification.template = template
    run_state_machine_as_test(
        Certification,
        settings=settings(max_examples=40, stateful_step_count=30, deadline=None,
                          suppress_health_check=list(HealthCheck)),
    )  # fmt: skip
    assert min(seen.values()) > 0, seen
