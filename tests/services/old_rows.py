"""Rows as the versions of the program wrote them, by the migration that made their table."""

from typing import Any

Rows = dict[str, list[dict[str, Any]]]

LONG_AGO, THEN, LATER = "2026-03-02T16:00:00.000000Z", "2026-11-02T16:00:00.000000Z", "2026-11-03T17:30:00.500000Z"
ANN, CEM, BEA, DEE = 1, 2, 3, 4


def person(id_: int, first_name: str, last_name: str, **more: Any) -> dict[str, Any]:
    address = f"{first_name}.{last_name}@example.org".lower()
    return {"id": id_, "first_name": first_name, "last_name": last_name, "email": address, "phone": "",
            "created_at": LONG_AGO, **more}  # fmt: skip


def event(id_: int, title: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "kind": "sponsored", "title": title, "begins_at": "2026-10-01T16:00:00.000000Z",
            "ends_at": "2026-10-01T18:00:00.000000Z", "time_zone": "America/Denver", "sponsor": "State Library",
            "presenter": "Pat Presenter", "description": "", "location": "Helena", "online": False, "link": "",
            "created_at": LONG_AGO, **more}  # fmt: skip


def claim(id_: int, person_id: int, event_id: int) -> dict[str, Any]:
    return {"id": id_, "person_id": person_id, "event_id": event_id, "claimed_at": THEN, "waiting_since": THEN,
            "email_on_assigned": True, "entered_reason": "", "note": "“Größe” – 日本", "duplicate_why": ""}  # fmt: skip


def credit(id_: int, person_id: int, line_id: int, status: str, **more: Any) -> dict[str, Any]:
    decided = {"decided_at": LATER, "decided_by_id": CEM} if status in {"APPROVED", "DECLINED"} else {}
    return {"id": id_, "person_id": person_id, "line_id": line_id, "claim_id": id_, "credits": 3, "status": status,
            "source": "claim", "created_at": THEN, "reason": "", **decided, **more}  # fmt: skip


def letter(id_: int, state: str) -> dict[str, Any]:
    return {"id": id_, "kind": "declined", "person_id": ANN, "address": "ann.ames@example.org", "subject": "Declined",
            "body": "Dear Ann,\n\nwe are sorry.", "claim_id": 2, "state": state, "created_at": LATER,
            "send_after": LATER}  # fmt: skip


def line(id_: int, action: str, subject_id: int) -> dict[str, Any]:
    return {"id": id_, "at": THEN, "actor_id": CEM, "action": action, "subject": action.partition(":")[0],
            "subject_id": subject_id, "person_id": ANN, "details": '{"title": "Budgets"}'}  # fmt: skip


def participation(id_: int, person_id: int, status: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "person_id": person_id, "track_id": 1, "track_version_id": 1, "status": status,
            "renewal": False, "begins_on": "2026-03-02", "library_id": 1, "position": "Librarian",
            "verifier_name": "Bea Board", "verifier_email": "bea.board@example.org", "note": "", "created_at": LONG_AGO,
            "returned_note": "", **more}  # fmt: skip


MAIN_JOB: Rows = {
    "installation_fact": [{"name": "founded", "value": "in March"}],
    "person": [person(ANN, "Ann", "Ames"), person(CEM, "Cem", "Coole", phone="406 555 0100"),
               person(BEA, "Bea", "Board"), person(DEE, "Dee", "Gone", email=None, deactivated_at=LATER)],
    "role_grant": [{"person_id": CEM, "role": role, "granted_at": LONG_AGO}
                   for role in ("coordinator", "administrator")],
    "library": [{"id": 1, "name": "Butte Public Library", "city": "Butte", "kind": "public"}],
    "position": [{"id": 1, "person_id": ANN, "library_id": 1, "kind": "staff", "title": "Librarian",
                  "begins_on": "2020-01-01"}],
    "sign_in_session": [{"token_hash": "a" * 64, "person_id": ANN, "created_at": THEN, "seen_at": LATER}],
    "draft": [{"person_id": ANN, "form": "independent event", "fields": '{"title": "Half a sentence"}',
               "kept_at": THEN}],
    "audit_line": [line(1, "claim:saved", 1), line(2, "claim:approved", 1), line(3, "claim:declined", 2)],
    "event": [event(1, "Budgets"), event(2, "Websites", online=True),
              event(3, "My Own Course", kind="independent", owner_id=ANN), event(4, "Weeding")],
    "event_credit_line": [{"id": id_, "event_id": id_, "category_id": 1, "credits": 3} for id_ in (1, 2, 3, 4)],
    "claim": [claim(1, ANN, 1), claim(2, ANN, 2), claim(3, ANN, 3), claim(4, BEA, 1)],
    "credit": [credit(1, ANN, 1, "APPROVED"), credit(2, ANN, 2, "DECLINED", reason="It is not about libraries."),
               credit(3, ANN, 3, "PENDING", source="independent event"), credit(4, BEA, 1, "WITHDRAWN")],
    "letter": [letter(1, "waiting"), letter(2, "cancelled"), letter(3, "sent")],
    "participation": [participation(1, ANN, "ISSUED", issued_on="2026-11-03", due_on="2029-11-03",
                                    submitted_at=THEN), participation(2, BEA, "IN_PROGRESS")],
}  # fmt: skip

CERTIFICATION: Rows = {
    "submitted_credit": [{"participation_id": 1, "credit_id": 1}],
    "verification": [{"id": 1, "participation_id": 1, "submission": 1, "credit_id": 1, "result": "CONFIRMED",
                      "verifier_name": "Bea Board", "how": "paper", "verified_on": "2026-11-02", "recorded_by_id": CEM,
                      "recorded_at": LATER}],
    "email_change": [{"id": 1, "person_id": ANN, "address": "ann@example.net", "token_hash": "b" * 64,
                      "created_at": THEN, "ended_at": LATER}],
    "certificate_counter": [{"year": 2026, "last": 2}],
    "certificate": [
        {"id": 1, "number": "MT-2026-000001", "code": "7K3M9QXT4H2WPB6D", "participation_id": 1, "person_id": ANN,
         "track_version_id": 1, "issued_at": LATER, "issued_by_id": CEM, "issued_on": "2026-11-03",
         "due_on": "2029-11-03", "snapshot": '{"name": "An Ames"}', "status": "SUPERSEDED", "ended_at": LATER,
         "ended_by_id": CEM, "reason": "It was misspelt."},
        {"id": 2, "number": "MT-2026-000002", "code": "8K3M9QXT4H2WPB6D", "participation_id": 1, "person_id": ANN,
         "track_version_id": 1, "issued_at": LATER, "issued_by_id": CEM, "issued_on": "2026-11-03",
         "due_on": "2029-11-03", "snapshot": '{"name": "Ann Ames"}', "replaces_id": 1, "status": "VALID", "reason": ""},
    ],
    "bound_credit": [{"credit_id": 1, "participation_id": 1}],
    "certificate_file": [
        {"certificate_id": 1, "body": b"%PDF-1.7\x00\xff", "sha256": "c" * 64, "drawn_at": LATER, "attempts": 1,
         "problem": "", "try_after": LATER},
        {"certificate_id": 2, "sha256": "", "attempts": 3, "problem": "No room", "try_after": LATER},
    ],
}  # fmt: skip

INSTALLATION: Rows = {
    "identity": [{"id": 1, "person_id": ANN, "issuer": "https://login.example.gov", "subject": "00u1",
                  "email": "ann.ames@example.org", "linked_at": THEN, "seen_at": LATER}],
    "sign_in_attempt": [{"token_hash": "d" * 64, "provider": "okta", "state": "s", "nonce": "n", "code_verifier": "v",
                         "target": "/ce", "person_id": ANN, "created_at": THEN, "used_at": LATER}],
    "person_merge": [{"id": 1, "kept_id": ANN, "merged_id": DEE, "reason": "She married.", "moved": '{"claim": [2]}',
                      "merged_at": THEN, "merged_by_id": CEM}],
    "document": [{"id": 1, "person_id": ANN, "purpose": "diploma", "name": "d.pdf", "media_type": "application/pdf",
                  "size": 9, "sha256": "e" * 64, "kept_at": THEN, "kept_by_id": ANN}],
    "letter_template": [{"kind": "declined", "subject": "Declined", "body": "Dear {name}", "changed_at": THEN,
                         "changed_by_id": CEM}],
    "unsubscribed": [{"person_id": ANN, "kind": "approved", "since": THEN}],
    "audit_seal": [{"position": 1, "line_id": 1, "hash": "f" * 64}, {"position": 2, "line_id": 2, "hash": "0" * 64}],
    "job": [{"name": "backup", "done_at": THEN, "problem": ""}],
}  # fmt: skip

LIFE: Rows = {
    "verification_request": [{"id": 1, "kind": "RECORD", "person_id": BEA, "participation_id": 2, "submission": 0,
                              "verifier_name": "Ann Ames", "verifier_email": "ann.ames@example.org",
                              "verifier_id": ANN, "token_hash": "1" * 64, "asked_at": THEN, "asked_by_id": CEM,
                              "expires_at": LATER, "state": "REPLACED", "ended_at": LATER, "answered_by": "",
                              "address": "", "device": "", "shown": "", "note": ""}],
    "interim_verification": [{"id": 1, "credit_id": 3, "request_id": 1, "result": "CONFIRMED", "reason": "",
                              "verifier_name": "Bea Board", "how": "link", "verified_on": "2026-11-02",
                              "recorded_at": LATER, "shown": "2" * 64}],
    "degree": [{"id": 1, "person_id": BEA, "participation_id": 2, "institution": "University of Montana",
                "kind": "MLIS", "graduated_on": "2024-02-29", "document_id": 1, "handed_in_at": THEN,
                "status": "PENDING", "reason": ""}],
    "conversion": [{"event_id": 3, "kind": "SEMESTER", "quantity": 6, "factor": 4, "topic": "", "document_id": 1}],
    "evidence_sample": [{"id": 1, "seed": "2026", "since": "2026-01-01", "until": "2026-10-31", "population": 9,
                         "population_sha256": "3" * 64, "drawn": 1, "drawn_at": THEN, "drawn_by_id": CEM}],
    "evidence_request": [{"id": 1, "sample_id": 1, "credit_id": 3, "person_id": ANN, "state": "RECEIVED",
                          "asked_at": THEN, "due_on": "2026-12-02", "document_id": 1, "answer": "My notes.",
                          "received_at": LATER, "reason": ""}],
    "reminder": [{"participation_id": 2, "due_on": "2030-03-02", "days": 90, "sent_at": LATER}],
}  # fmt: skip

CALENDAR: Rows = {
    "event_person": [{"event_id": 4, "person_id": BEA, "role": "editor"}],
    "event_resource": [{"id": 1, "event_id": 4, "title": "Slides", "link": "https://example.org/slides"}],
    "registration": [{"id": 1, "event_id": 4, "person_id": ANN, "state": "ATTENDED", "minutes": 60, "presenter": False,
                      "answers": '{"answer_1": "Soup"}', "registered_at": THEN, "marked_at": LATER,
                      "marked_by_id": CEM, "reason": ""}],
    "calendar_feed": [{"person_id": ANN, "number": 2, "made_at": THEN}],
}  # fmt: skip

BY_MIGRATION: dict[str, Rows] = {
    "0001": MAIN_JOB,
    "0002": CERTIFICATION,
    "0003": INSTALLATION,
    "0004": LIFE,
    "0005": CALENDAR,
}
PROGRAM = ("program", "program_import", "category", "track", "track_version")
"""Their rows are imported from the program's file, the same in every version."""
