"""32 at one moment, in 4 processes with 8 threads each: one wins, the others are told, and no deed is done by half."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel, func, select

from models.audit import AuditLine
from models.certificates import BoundCredit, Certificate
from models.claims import Claim
from models.credits import Credit
from models.identities import Identity, SignInAttempt
from models.letters import Letter
from models.merges import PersonMerge
from models.participations import Participation
from models.people import Person
from models.sessions import SignInSession
from services import clock, db
from services.identities import STALE
from services.sign_in import hashed
from tests import certified, make
from tests.services.racer import PROCESSES, THREADS, Racers

ALL = PROCESSES * THREADS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def team() -> Iterator[Racers]:
    with Racers() as running:
        yield running


@pytest.fixture
def racers(team: Racers, database: Path) -> Racers:
    """At the database of this test."""
    team.meet()
    return team


def rows(table: type[SQLModel]) -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def lines(action: str) -> int:
    with db.reading() as session:
        return session.exec(select(func.count()).where(AuditLine.action == action)).one()


def test_the_same_claim_is_saved_once_and_everybody_is_told_of_that_one(racers: Racers) -> None:
    rounds = 60
    told: Counter[str] = Counter()
    for number in range(rounds):
        ann = make.person(f"Ann Ames{number}")
        event_id = make.event(f"Event {number}", credits={"administration": "1", "technology": "0.5"})
        answers = racers.race("claim", [(ann.person_id, event_id)] * ALL)
        assert len({answer.split()[1] for answer in answers}) == 1, answers
        told.update(answer.split()[0] for answer in answers)
    assert told == {"new": rounds, "standing": rounds * (ALL - 1)}
    assert (rows(Claim), rows(Credit), lines("claim:saved")) == (rounds, 2 * rounds, rounds)


def test_the_same_race_sees_double_claims_where_the_database_does_not_refuse_them(racers: Racers) -> None:
    """The control: without its unique index PostgreSQL takes what two saw missing; SQLite has one writer at a time."""
    with db.engine().begin() as connection:
        connection.exec_driver_sql("DROP INDEX uq_credit_live")
    for number in range(5):
        ann, event_id = make.person(f"Ann Ames{number}"), make.event(f"Event {number}")
        racers.race("claim", [(ann.person_id, event_id)] * ALL)
    assert (rows(Claim) > 5) is (db.engine().dialect.name == "postgresql")


def test_many_claims_at_once_are_all_saved(racers: Racers) -> None:
    """Nobody waits for somebody who waits for her."""
    people = [make.person(f"Ann Ames{number}").person_id for number in range(ALL)]
    events = [make.event(f"Event {number}") for number in range(8)]
    for turn in range(len(events)):
        order = [events[(place + turn) % len(events)] for place in range(ALL)]
        answers = racers.race("claim", list(zip(people, order, strict=True)))
        assert {answer.split()[0] for answer in answers} == {"new"}, answers
    assert rows(Claim) == rows(Credit) == lines("claim:saved") == ALL * len(events)


def test_the_same_record_is_issued_once_with_one_number(racers: Racers) -> None:
    coordinators = [make.coordinator(f"Cem{number} Coole") for number in range(4)]
    for number in range(1, 5):
        part = certified.reviewed(make.person(f"Ann Ames{number}"), by=coordinators[0])
        answers = racers.race("issue", [(coordinators[one % 4].person_id, part) for one in range(ALL)])
        assert answers.count(f"MT-2026-{number:06d}") == 1
        assert set(answers) == {
            f"MT-2026-{number:06d}",
            "Only a submitted record can be verified; this one is issued.",
        }
        assert rows(Certificate) == lines("certificate:issued") == lines("participation:verified") == number
        assert rows(Participation) == 2 * number


def test_records_issued_at_once_have_numbers_without_gap_or_double(racers: Racers) -> None:
    cem = make.coordinator()
    parts = [certified.reviewed(make.person(f"Ann Ames{number}"), by=cem) for number in range(8)]
    answers = racers.race("issue", [(cem.person_id, parts[one % len(parts)]) for one in range(ALL)])
    numbers = sorted(answer for answer in answers if answer.startswith("MT-"))
    assert numbers == [f"MT-2026-{place:06d}" for place in range(1, len(parts) + 1)], answers
    assert not [answer for answer in answers if answer.startswith("fault")]
    assert sorted(row.number for row in certified.rows(Certificate)) == numbers
    assert {row.participation_id for row in certified.rows(BoundCredit)} == set(parts)
    assert lines("certificate:issued") == len(parts)


def test_the_same_entry_is_decided_once_and_the_others_are_told_by_whom(racers: Racers) -> None:
    ann = make.person()
    coordinators = [make.coordinator(f"Cem{number} Coole") for number in range(4)]
    for number in range(10):
        claim_id = make.claim(ann, f"Event {number}", credits={"administration": "1", "technology": "1"})
        answers = racers.race(
            "decide",
            [(coordinators[one % 4].person_id, claim_id, "approve" if one % 2 else "decline") for one in range(ALL)],
        )
        assert answers.count("done") == 1
        winner = coordinators[answers.index("done") % 4]
        assert all(answer.startswith(f"{winner.name} already") for answer in answers if answer != "done"), answers
        credits = make.credits_of(claim_id)
        assert {(row.status, row.decided_by_id) for row in credits} == {(credits[0].status, winner.person_id)}
        assert [line.actor_id for line in make.deeds_on(claim_id)] == [ann.person_id, winner.person_id]
        assert len(make.letters_about(claim_id)) == (credits[0].status == "DECLINED")


def test_two_records_are_merged_once_whichever_way_it_is_asked(racers: Racers) -> None:
    cem = make.coordinator()
    for number in range(6):
        ann, annie = make.person(f"Ann Ames{number}"), make.person(f"Annie Ames{number}")
        claim_id = make.claim(annie, f"Event {number}")
        pairs = [(ann.person_id, annie.person_id), (annie.person_id, ann.person_id)]
        answers = racers.race("merge", [(cem.person_id, *pairs[one % 2]) for one in range(ALL)])
        assert answers.count("done") == 1
        assert not [answer for answer in answers if answer.startswith("fault")], answers
        kept, merged = pairs[answers.index("done") % 2]
        row = certified.rows(PersonMerge)[-1]
        assert (row.kept_id, row.merged_id) == (kept, merged)
        assert {one.person_id for one in make.credits_of(claim_id)} == {kept}
        assert (rows(PersonMerge), lines("person:merged")) == (number + 1, 2 * (number + 1))


def attempt(token: str) -> None:
    """A browser is on its way to the provider."""
    with db.writing() as session:
        session.add(SignInAttempt(token_hash=hashed(token), provider="practice", state="state", nonce="nonce",
                                  code_verifier="verifier", target="/ce", created_at=clock.now()))  # fmt: skip


def test_one_way_back_from_the_provider_signs_in_once(racers: Racers) -> None:
    for number in range(8):
        attempt(f"token {number}")
        answers = racers.race("sign in", [(f"token {number}", "state")] * ALL)
        assert Counter(answer.split()[0] == "done" for answer in answers) == {True: 1, False: ALL - 1}
        assert {answer for answer in answers if not answer.startswith("done")} == {STALE}
    assert (rows(SignInSession), rows(Person), rows(Identity)) == (8, 1, 1)


def test_a_newcomer_in_32_windows_becomes_one_person(racers: Racers) -> None:
    for number in range(ALL):
        attempt(f"token {number}")
    answers = racers.race("sign in", [(f"token {number}", "state") for number in range(ALL)])
    assert len(set(answers)) == 1, answers
    assert (rows(Person), rows(Identity), rows(SignInSession)) == (1, 1, ALL)
    assert (lines("person:arrived"), lines("session:begun"), rows(Letter)) == (1, ALL, 0)
