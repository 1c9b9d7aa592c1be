"""What a monitor gets with its token, and nobody without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nicegui.testing import User
from prometheus_client.parser import text_string_to_metric_families
from sqlmodel import select

from models.letters import Letter, LetterState
from models.sessions import SignInSession
from pages._measures import route_of
from services import clock, db, demo, installation, jobs, journal, metrics, review
from services.settings import Settings
from tests import make
from tests.pages import records

TOKEN = "a token of at least thirty-two characters"
SignIn = Callable[[str], None]


@pytest.fixture
def token(visitor: User, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The installation has a token; the header that brings it."""
    monkeypatch.setattr(installation.settings(), "metrics_token", TOKEN)
    return {"authorization": f"Bearer {TOKEN}"}


async def scraped(visitor: User, headers: dict[str, str]) -> dict[tuple[str, str], float]:
    """Every value by its name and the values of its labels."""
    answer = await visitor.http_client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, " ".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_without_the_setting_it_is_not_there(visitor: User, sign_in: SignIn) -> None:
    sign_in("administrator")
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer x"}):
        assert (await visitor.http_client.get("/metrics", headers=headers)).status_code == 404


async def test_without_the_token_it_is_not_there(visitor: User, token: dict[str, str]) -> None:
    for brought in ("", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}"):
        answer = await visitor.http_client.get("/metrics", headers={"authorization": brought})
        assert (answer.status_code, "aspen_" in answer.text) == (404, False), brought
    assert (await visitor.http_client.get(f"/metrics?token={TOKEN}")).status_code == 404


async def test_requests_are_counted_by_the_template_of_their_route(
    visitor: User, sign_in: SignIn, token: dict[str, str]
) -> None:
    sign_in("participant")
    before = await scraped(visitor, token)
    event = records.sponsored()
    for path in (
        f"/events/{event}",
        f"/events/{event}",
        "/events/999999",
        "/nowhere/1",
        "/nowhere/2",
        "/static/icon.svg",
    ):
        await visitor.http_client.get(path)
    after = await scraped(visitor, token)
    new = {key: value - before.get(key, 0) for key, value in after.items() if value != before.get(key, 0)}
    assert new["aspen_requests_total", "GET /events/{event_id} 200"] == 2
    assert new["aspen_requests_total", "GET /events/{event_id} 404"] == 1
    assert new["aspen_requests_total", "GET nowhere 404"] == 2
    assert new["aspen_requests_total", "GET /static 200"] == 1
    assert new["aspen_request_seconds_count", "/events/{event_id}"] == 3
    assert not any(str(event) in labels.split() for _, labels in after)


async def test_deeds_are_counted_by_their_action(visitor: User, token: dict[str, str]) -> None:
    maria, cem = records.actor("participant"), records.actor("coordinator")
    before = await scraped(visitor, token)
    claim_id = make.claim(maria, "A Course to Count")
    waiting = await scraped(visitor, token)
    review.approve(cem, [claim_id])
    after = await scraped(visitor, token)
    assert waiting["aspen_queue", "credits"] == before["aspen_queue", "credits"] + 1
    assert after["aspen_queue", "credits"] == before["aspen_queue", "credits"]
    for action in ("claim:saved", "claim:approved"):
        assert after["aspen_deeds_total", action] == before.get(("aspen_deeds_total", action), 0) + 1


async def test_what_the_database_holds_is_looked_up(
    visitor: User, token: dict[str, str], demo_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, size = await scraped(visitor, token), demo_database.stat().st_size  # noqa: ASYNC240 -- a test has no others
    demo.sign_in_as("director")
    await visitor.open("/events")
    with db.writing() as session:
        for state in (LetterState.FAILED, LetterState.FAILED):
            session.add(Letter(kind="x", person_id=1, address="x", subject="x", body="x", state=state,
                               created_at=clock.now(), send_after=clock.now()))  # fmt: skip
    monkeypatch.setattr(jobs.log, "exception", lambda *_, **__: None)
    jobs.run_due([jobs.Task("good", jobs.nightly(2), lambda: None), jobs.Task("bad", jobs.nightly(2), lambda: 1 / 0)])
    after = await scraped(visitor, token)
    assert after["aspen_sessions", ""] == before["aspen_sessions", ""] + 1
    assert after["aspen_windows", ""] == before["aspen_windows", ""] + 1
    assert after["aspen_letters", "failed"] == before["aspen_letters", "failed"] + 2
    assert after["aspen_job_done_seconds", "good"] == clock.now().timestamp()
    assert (after["aspen_job_failing", "good"], after["aspen_job_failing", "bad"]) == (0, 1)
    assert after["aspen_bytes", "database"] >= size


async def test_an_old_session_is_not_counted(visitor: User, token: dict[str, str]) -> None:
    demo.sign_in_as("director")
    before = await scraped(visitor, token)
    with db.writing() as session:
        for row in session.exec(select(SignInSession)):
            row.seen_at = clock.now() - metrics.IDLE
    after = await scraped(visitor, token)
    assert before["aspen_sessions", ""] > 0 == after["aspen_sessions", ""]


async def test_a_fault_is_counted(visitor: User, token: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    before = await scraped(visitor, token)
    monkeypatch.setattr(journal.log, "error", lambda *_, **__: None)
    monkeypatch.setattr(installation, "is_ready", lambda: 1 / 0)
    answer = await visitor.http_client.get("/healthz")
    after = await scraped(visitor, token)
    assert answer.status_code == 500
    assert after["aspen_faults_total", ""] == before["aspen_faults_total", ""] + 1
    assert after["aspen_requests_total", "GET /healthz 500"] >= 1


def test_a_route_is_told_by_its_template() -> None:
    told = {
        "/ce/claim/12": "/ce/claim/{event_id}", "/ce/claim/12?x=1": "/ce/claim/{event_id}", "/": "/", "/x": "nowhere",
        "/_nicegui_ws/socket.io": "/_nicegui_ws", "/_nicegui/3.18.0/x.js": "/_nicegui",
        "/static/aspen.css": "/static/aspen.css",
    }  # fmt: skip
    assert {path: route_of(path) for path in told} == told
    assert route_of("/documents", "POST") == "/documents"


def test_a_short_token_stops_the_start() -> None:
    with pytest.raises(ValueError, match="give 32 random characters or more"):
        Settings(demo=True, metrics_token="short")
