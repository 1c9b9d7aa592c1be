"""Who may do what: every deed of the services, by everybody, on her own record, a foreign one and a missing one."""

import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import services
from models.errors import NotFound, Refusal
from services import clock, installation, queue, who_may
from services.access import Actor
from services.attendance import Mark
from services.audit_list import AuditFilter
from services.expirations import ExpiryFilter
from services.settings import Settings
from services.sign_in import Visitor
from services.supervision_answers import Answer
from services.verifications import Told
from services.who_may import DEEDS
from tests import make, registered
from tests.handed_in import diploma
from tests.make import NOON
from tests.pages import calendar_records, certificates, records
from tests.pages.records import FIVE
from tests.services.deed_rules import FOREIGN, MISSING, OWN, RULES, expected

pytestmark = pytest.mark.sqlite

NOTHING = 999_999
ALWAYS: dict[str, Any] = {
    "body": b"%PDF-1.4",
    "identity_id": NOTHING,
    "request_id": NOTHING,
    "chosen": True,
    "closed": True,
    "granted": True,
    "merge_id": NOTHING,
    "position_id": NOTHING,
    "role": "coordinator",
    "subject": "claim",
    "reason": "Because",
    "name": "diploma.pdf",
    "note": "Because",
    "purpose": "diploma",
    "text": "",
    "form": "test",
    "field": "title",
    "value": "A",
    "email": "nobody@example.org",
    "answers": {},
    "what": "present",
    "year": 2026,
    "publish": False,
    "resource_id": NOTHING,
}
"""What a deed is told whoever does it."""
NAMED_ELSEWHERE = {"access", "certificate_worker", "who_may"}
"""Modules that ask who somebody is and do nothing themselves."""


def deeds() -> dict[str, Callable[..., Any]]:
    """Every public function of a service that is told who acts."""
    found = {}
    for module in pkgutil.iter_modules(services.__path__):
        if module.name in NAMED_ELSEWHERE:
            continue
        for name, deed in vars(import_module(f"services.{module.name}")).items():
            if inspect.isfunction(deed) and deed.__module__ == f"services.{module.name}" and name[0] != "_":
                first = next(iter(inspect.signature(deed).parameters.values()), None)
                if first is not None and first.annotation is Actor:
                    found[who_may.name_of(deed)] = deed
    return found


@pytest.fixture(autouse=True)
def _demo(demo_template: Path, tmp_path: Path) -> Iterator[None]:
    shutil.copy(demo_template, tmp_path / "demo.sqlite3")
    installation.connect(Settings(data_dir=tmp_path, demo=True, demo_now=NOON))
    yield
    installation.close()
    clock.fix(None)


def other(key: str) -> str:
    return "director" if key == "participant" else "participant"


def argument(name: str, key: str, whose: str) -> Any:
    """What a deed needs, with the record of that kind in it."""
    if name in ALWAYS:
        return ALWAYS[name]
    owner, missing = (key if whose == OWN else other(key)), whose == MISSING
    makers: dict[str, Callable[[], Any]] = {
        "claim_id": lambda: NOTHING if missing else records.claim_of(owner),
        "claim_ids": lambda: [NOTHING if missing else records.claim_of(owner)],
        "evidence_id": lambda: NOTHING if missing else records.evidence_of(owner),
        "sample_id": lambda: NOTHING if missing else records.sample_of(owner),
        "degree_id": lambda: NOTHING if missing else records.degree_of(owner),
        "document_id": lambda: NOTHING if missing else int(diploma(records.actor(owner))),
        "event_id": lambda: {
            OWN: records.sponsored(),
            FOREIGN: records.independent_of(other(key)),
            MISSING: NOTHING,
        }[whose],
        "registration_id": lambda: NOTHING if missing else calendar_records.registration_of(owner),
        "said": lambda: Answer("", "Somebody"),
        "visitor": Visitor,
        "kinds": list,
        "letter_id": lambda: NOTHING if missing else records.letter_of(owner),
        "slug": lambda: "no-such-letter" if missing else "credit-approved",
        "library_id": lambda: NOTHING if missing else 1,
        "number": lambda: "MT-1900-000001" if missing else certificates.certificate_of(owner),
        "other_id": lambda: NOTHING if missing else records.person("Wade Pruitt"),
        "numbers": lambda: ["MT-1900-000001" if missing else certificates.certificate_of(owner)],
        "participation_id": lambda: NOTHING if missing else records.participation_of(owner),
        "person_id": lambda: NOTHING if missing else records.actor(owner).person_id,
        "token_hash": lambda: "none" if missing else records.actor(owner).token_hash,
        "track_id": make.track,
        "values": lambda: make.entry("Another Course", reason="Because") | {"first_name": "Ann", "last_name": "Ames"},
        "told": lambda: Told("Somebody", "paper", str(date(2026, 11, 23)), []),
        "subject_id": lambda: argument("claim_id", key, whose),
        "wanted": queue.QueueFilter,
    }
    return makers[name]()


def marked(key: str, whose: str) -> dict[str, Any]:
    return {"registration_id": argument("registration_id", key, whose), "told": Mark("absent")}


OF_EVENTS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "attendance.mark": marked,
    "attendance_corrections.correct": lambda key, whose: {**marked(key, whose), "reason": "Because"},
    "registrations.register_other": lambda key, whose: {
        "event_id": calendar_records.registrable(), "answers": {}, "person_id": argument("person_id", key, whose)
    },
    "event_changes.add": lambda _key, _whose: {"values": registered.typed()},
}  # fmt: skip


def arguments(deed: Callable[..., Any], key: str, whose: str) -> dict[str, Any]:
    parameters = list(inspect.signature(deed).parameters.values())[1:]
    needed = [one.name for one in parameters if one.default is inspect.Parameter.empty or one.name == "person_id"]
    if who_may.name_of(deed) in OF_EVENTS:
        return OF_EVENTS[who_may.name_of(deed)](key, whose)
    special = {"certificate_pages.newest", "queue.page", "submission_queue.page"}
    if who_may.name_of(deed).startswith("expiration"):
        return {"wanted": ExpiryFilter(), "most": 1} if "most" in needed else {"wanted": ExpiryFilter()}
    if who_may.name_of(deed).startswith("audit_list.") and "wanted" in needed:
        return {"wanted": AuditFilter()}
    if who_may.name_of(deed) == "positions.save":
        return {"position_id": None} | {name: argument(name, key, whose) for name in ("person_id", "values")}
    if who_may.name_of(deed) == "planner.choose":
        return {"participation_id": argument("participation_id", key, whose), "chosen": True,
                "event_id": records.sponsored(ended=False)}  # fmt: skip
    return {
        name: (1 if name == "number" and who_may.name_of(deed) in special else argument(name, key, whose))
        for name in needed
    }


def is_let(deed: Callable[..., Any], key: str, whose: str) -> bool:
    """Whether one of the five may; a refusal for another reason than hers to ask counts as yes."""
    actor = records.actor(key)
    try:
        who_may.require(actor, deed)
        deed(actor, **arguments(deed, key, whose))
    except NotFound:
        return False
    except Refusal:
        return True
    return True


@pytest.mark.parametrize("name", RULES)
def test_a_deed_is_let_by_its_rule_and_by_nothing_else(name: str) -> None:
    deed, cases = deeds()[name], [(key, whose) for key in FIVE for whose in (OWN, FOREIGN, MISSING)]
    found = {case: is_let(deed, *case) for case in cases}
    assert found == {case: expected(RULES[name], *case) for case in cases}


def test_every_deed_has_a_rule_in_the_code_and_here() -> None:
    assert set(deeds()) == set(DEEDS) == set(RULES)


def test_a_deed_without_a_rule_is_done_for_nobody() -> None:
    def new_deed(_: Actor) -> None:
        raise AssertionError("It was done.")

    for key in FIVE:
        with pytest.raises(KeyError):
            who_may.require(records.actor(key), new_deed)
