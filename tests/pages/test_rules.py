"""Who may open what: every route, by everybody, on her own, a foreign and a missing record."""

import re
from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest
from nicegui import Client, app
from nicegui.testing import User
from starlette.routing import Mount, Route

from models.credits import CreditStatus
from models.events import EventKind
from pages._places import PLACES, Who
from services import demo
from tests.pages import calendar_records, certificates, records
from tests.pages.records import FIVE
from tests.pages.route_rules import (
    ADMINISTRATOR,
    ANSWER,
    ANYONE,
    ASKED,
    MONITOR,
    NEWCOMER,
    OFFICE,
    OWNER,
    RULES,
    RUNNER,
    SIGNED_IN,
    STAFF,
)

SIGNED_OUT, COORDINATOR = "signed out", "coordinator"
OWN, FOREIGN, MISSING = "own", "foreign", "missing"
NOBODY, NOTHING = 999_999, 999_999
FOREIGN_TO = {key: "director" if key == "participant" else "participant" for key in (SIGNED_OUT, *FIVE)}

OPENED = [rule for rule in RULES if rule.startswith("GET ")]
QUERIES = {"/certificates.zip": f"?numbers={certificates.VALID}"}
"""What a route needs to be asked."""
OUTSIDE = {"/favicon.ico"}
"""NiceGUI's own, which the guard does not let through."""


def expected(rule: str, key: str, whose: str) -> int:
    """What this person gets for this record, as the design has it."""
    if rule == ANSWER:
        return 400
    if rule == MONITOR:
        return 404
    if rule != ANYONE and key == SIGNED_OUT:
        return 303
    allowed = {
        ANYONE: whose != FOREIGN,  # an event of somebody's own is on nobody's calendar
        SIGNED_IN: whose != FOREIGN,
        OWNER: whose != FOREIGN or key == COORDINATOR,
        ASKED: whose != FOREIGN,
        STAFF: key == COORDINATOR,
        RUNNER: key == COORDINATOR and whose != FOREIGN,
        ADMINISTRATOR: key == "administrator",
        OFFICE: key in {COORDINATOR, "administrator"},
        NEWCOMER: False,  # all five are known
    }[rule]
    return 200 if allowed and whose != MISSING else 404


def address(path: str, key: str, whose: str) -> str:
    """The route's path with a record of that kind in it."""
    if "{" not in path:
        return path + QUERIES.get(path, "")
    owner = key if key in FIVE and whose == OWN else FOREIGN_TO[key]
    missing = whose == MISSING
    numbers: dict[str, Callable[[], object]] = {
        "number": lambda: "MT-1900-000001" if missing else certificates.certificate_of(owner),
        "code": lambda: "0000-0000-0000-0001" if missing else certificates.code_of(certificates.VALID),
        "token": lambda: "no-such-link" if missing else records.email_link().rpartition("/")[2],
        "link": lambda: "no-such-link" if missing else records.supervisor_link(owner),
        "request_id": lambda: NOTHING if missing else records.request_to(owner),
        "kind": lambda: "no-such-letter" if missing else "credit-approved",
        "letter_id": lambda: NOTHING if missing else records.letter_of(owner),
        "wish": lambda: "no-such-link" if missing else records.unsubscribe_link().rpartition("/")[2],
        "slug": lambda: "no-such-page" if missing else "adding-credits",
        "library_id": lambda: NOTHING if missing else 1,
        "person_id": lambda: NOBODY if missing else records.actor(owner).person_id,
        "claim_id": lambda: NOTHING if missing else records.claim_of(owner),
        "participation_id": lambda: NOTHING if missing else records.participation_of(owner),
        "evidence_id": lambda: NOTHING if missing else records.evidence_of(owner),
        "sample_id": lambda: NOTHING if missing else records.sample_of(owner),
        "degree_id": lambda: NOTHING if missing else records.degree_of(owner),
        "document_id": lambda: NOTHING if missing else records.document_of(owner),
        "feed": lambda: "no-such-calendar" if missing else calendar_records.feed(),
        "resource_id": calendar_records.resource,
        "event_id": lambda: {
            MISSING: NOTHING,
            FOREIGN: records.independent_of(FOREIGN_TO[key]),
            OWN: records.sponsored(),
        }[whose],
    }
    return re.sub(r"{(\w+)}", lambda found: str(numbers[found[1]]()), path)


def kinds_of(path: str) -> list[str]:
    """A plain address is one's own; one with a number names an own, a foreign or a missing record."""
    if any(name in path for name in ("{slug}", "{code}", "{token}", "{kind}", "{wish}", "{link}", "{feed}")):
        return [OWN, MISSING]
    return [OWN, FOREIGN, MISSING] if "{" in path else [OWN]


async def answer(visitor: User, key: str, path: str) -> httpx.Response:
    visitor.http_client.cookies.clear()
    if key != SIGNED_OUT:
        visitor.http_client.cookies.set("aspen", demo.sign_in_as(key))
    return await visitor.http_client.get(path)


def body(response: httpx.Response) -> str:
    """The page without what is new at every load: its nonce and its client's number."""
    return re.sub(r'nonce="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}|\d+\.\d+', "", response.text)


@pytest.mark.parametrize("route", OPENED)
async def test_a_route_opens_for_those_of_its_rule_and_for_nobody_else(visitor: User, route: str) -> None:
    path = route.removeprefix("GET ")
    answers, wanted = {}, {}
    for key in (SIGNED_OUT, *FIVE):
        for whose in kinds_of(path):
            target = address(path, key, whose)
            response = await answer(visitor, key, target)
            answers[key, whose], wanted[key, whose] = response.status_code, expected(RULES[route], key, whose)
            if response.status_code == 303:
                assert response.headers["location"] == f"/login?next={quote(target, safe='')}"
    assert answers == wanted


async def test_every_route_states_a_rule_and_every_rule_is_served(visitor: User) -> None:
    served = {
        f"{method} {route.path}"
        for route in app.routes
        if isinstance(route, Route) and not route.path.startswith("/_nicegui/") and route.path not in OUTSIDE
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert served == {f"{place.method} {place.path}" for place in PLACES} == set(RULES)
    mounted = {route.path for route in app.routes if isinstance(route, Mount)}
    assert {path for path in mounted if not path.startswith("/_nicegui")} == {"/static"}
    assert set(Client.page_routes.values()) <= {place.path for place in PLACES if place.live}


def test_what_the_code_states_is_what_is_tested_here() -> None:
    stated = {f"{place.method} {place.path}": place.who for place in PLACES}
    asked = {
        ANYONE: Who.ANYONE,
        ANSWER: Who.ANYONE,
        MONITOR: Who.ANYONE,
        SIGNED_IN: Who.SIGNED_IN,
        OWNER: Who.SIGNED_IN,
        NEWCOMER: Who.SIGNED_IN,
        ASKED: Who.SIGNED_IN,
        RUNNER: Who.SIGNED_IN,
        STAFF: Who.COORDINATOR,
        OFFICE: Who.OFFICE,
        ADMINISTRATOR: Who.ADMINISTRATOR,
    }
    assert stated == {route: asked[rule] for route, rule in RULES.items()}


async def test_a_route_without_a_rule_is_not_there(visitor: User) -> None:
    for path in (*OUTSIDE, "/nowhere", "/ce/", "/review/1", "/docs", "/openapi.json"):
        for key in (SIGNED_OUT, COORDINATOR):
            assert (await answer(visitor, key, path)).status_code == 404, path


async def test_a_foreign_record_and_a_missing_one_are_told_in_the_same_words(visitor: User) -> None:
    key = "participant"
    for path in ("/ce/credits/{claim_id}", "/ce/tracks/{participation_id}", "/ce/claim/{event_id}"):
        foreign, missing = [await answer(visitor, key, address(path, key, whose)) for whose in (FOREIGN, MISSING)]
        assert body(foreign) == body(missing)
        assert "This page does not exist, or it is not yours to open." in foreign.text


async def test_the_wrong_role_and_an_address_that_is_not_there_are_told_in_the_same_words(visitor: User) -> None:
    nowhere = await answer(visitor, "participant", "/nowhere")
    for path in ("/review", "/people/1", f"/people/{NOBODY}", "/people/1/credits/new", "/people/1/credits.xlsx"):
        assert body(await answer(visitor, "participant", path)) == body(nowhere)


async def test_what_is_no_number_names_nothing(visitor: User) -> None:
    for number in ("0", "-1", "abc", "1.5", "9" * 30, "%C2%B2"):
        for path in ("/events/{}", "/ce/credits/{}", "/ce/tracks/{}", "/people/{}", "/people/{}/credits.xlsx"):
            target = path.format(number)
            assert (await answer(visitor, COORDINATOR, target)).status_code == 404, target


async def test_a_claim_is_shown_under_its_owner_only(visitor: User) -> None:
    claim_id = records.claim_of("participant", CreditStatus.APPROVED, EventKind.SPONSORED)
    wrong = f"/people/{records.actor('director').person_id}/credits/{claim_id}"
    assert (await answer(visitor, "coordinator", wrong)).status_code == 404


async def test_within_the_shell_the_same_page_is_refused(visitor: User, sign_in: Callable[[str], None]) -> None:
    sign_in("participant")
    for path in ("/review", f"/ce/credits/{records.claim_of('director')}"):
        await visitor.open("/ce")
        visitor.navigate.to(path)
        await visitor.should_see("There is nothing to see here", retries=50)
