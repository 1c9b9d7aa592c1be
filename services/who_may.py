"""Who may do what: one table of every deed and look that a page asks of the services; what is not in it is refused."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from models.errors import NotFound
from services.access import Actor


class Who(StrEnum):
    """Who may open a page or do a deed; whose record it is, is asked by the deed itself through `access`."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    OFFICE = "coordinator or administrator"

    def admits(self, actor: Actor | None) -> bool:
        if self is Who.ANYONE:
            return True
        if actor is None:
            return False
        return {
            Who.SIGNED_IN: True,
            Who.COORDINATOR: actor.is_coordinator,
            Who.ADMINISTRATOR: actor.is_administrator,
            Who.OFFICE: actor.is_office,
        }[self]


def require(actor: Actor, deed: Callable[..., Any]) -> None:
    """Before a handler does this deed. Raises NotFound for the wrong role, KeyError for a deed without a rule."""
    if not DEEDS[name_of(deed)].admits(actor):
        raise NotFound


def name_of(deed: Callable[..., Any]) -> str:
    """`review.approve`."""
    return f"{deed.__module__.removeprefix('services.')}.{deed.__name__}"


DEEDS: dict[str, Who] = {
    **dict.fromkeys(
        (
            "letter_outbox.give_up",
            "letter_outbox.listing",
            "letter_outbox.read",
            "letter_outbox.retry",
            "letter_outbox.standing",
            "letter_templates.listing",
            "letter_templates.preview",
            "letter_templates.reset",
            "letter_templates.save",
            "letter_templates.show",
        ),
        Who.ADMINISTRATOR,
    ),
    **dict.fromkeys(
        (
            "audit_list.of_record",
            "certificate_files.pdf",
            "certificate_pages.show",
            "claims.claim_event",
            "claims.outlook",
            "claims.search_claimable",
            "control_panel.show",
            "credit_export.workbook",
            "credits.entry",
            "credits.listing",
            "degrees.hand_in",
            "evidence.asked",
            "evidence.hand_in",
            "evidence.show",
            "degrees.show",
            "degrees.withdraw",
            "attendance.close",
            "attendance_corrections.correct",
            "attendance.mark",
            "attendance.mark_rest",
            "attendance_sheet.line",
            "attendance_sheet.sheet",
            "attendance_walk_ins.add_by_email",
            "attendance_walk_ins.add_trainer",
            "event_access.runs",
            "event_changes.add",
            "event_states.cancel",
            "event_changes.change",
            "event_states.discard",
            "event_states.publish",
            "event_forms.show",
            "event_desk.editable",
            "event_desk.listing",
            "event_lists.sign_in_sheet",
            "event_lists.workbook",
            "event_pages.desk",
            "event_people.add",
            "event_people.remove",
            "event_resources.add",
            "event_resources.remove",
            "personal_calendar.address",
            "personal_calendar.end",
            "personal_calendar.make",
            "registrations.cancel",
            "registrations.colleagues",
            "registrations.register",
            "registrations.register_other",
            "registrations.standing",
            "documents.keep",
            "documents.open_one",
            "drafts.discard",
            "drafts.keep",
            "drafts.kept",
            "identities.accounts_of",
            "identities.unlink",
            "independent_events.change",
            "independent_events.resubmit",
            "independent_events.save",
            "independent_events.withdraw",
            "introduction.asked",
            "introduction.introduce",
            "letter_wishes.choose",
            "letter_wishes.wishes",
            "planner.choose",
            "planner.outlook",
            "participations.add",
            "participations.show",
            "participations.update",
            "participations.withdraw",
            "people.user_page",
            "press_release.text",
            "profile.change",
            "profile.demo_link",
            "profile.pending_email",
            "sign_in.end_everywhere",
            "sign_in.end_one",
            "sign_in.sessions_of",
            "interim.ask",
            "staff_progress.desk",
            "supervision.ask",
            "supervision.shown",
            "supervision_answers.answer_own",
            "supervision_answers.refer_own",
            "supervision_answers.show_own",
            "submissions.submit",
        ),
        Who.SIGNED_IN,
    ),
    **dict.fromkeys(
        (
            "certificate_changes.revoke",
            "certificate_changes.supersede",
            "certificate_files.bundle",
            "certificate_pages.newest",
            "documents.view_one",
            "expiration_export.workbook",
            "expirations.first",
            "expirations.page",
            "attendance_walk_ins.add_person",
            "event_copies.copy",
            "event_copies.repeat",
            "event_desk.open_attendance",
            "event_imports.apply",
            "event_imports.preview",
            "report_export.workbook",
            "reports.of_year",
            "reports.years",
            "evidence_decisions.accept",
            "evidence_decisions.excuse",
            "evidence_decisions.refuse",
            "evidence_decisions.sheet",
            "evidence_draws.available",
            "evidence_draws.draw",
            "evidence_draws.drawn_again",
            "evidence_letters.remind",
            "evidence_samples.listing",
            "evidence_samples.show",
            "degree_queue.record",
            "degree_queue.send_back",
            "degree_queue.show",
            "degree_queue.waiting",
            "independent_events.correct_for",
            "independent_events.enter_for",
            "people.short_record",
            "people.whole_record",
            "queue.entry",
            "queue.library_names",
            "queue.page",
            "review.approve",
            "review.decline",
            "review.reopen",
            "review.undo",
            "reliefs.extend",
            "reliefs.waive",
            "submission_queue.page",
            "submission_queue.show",
            "submissions.approve",
            "submissions.send_back",
            "verifications.record",
        ),
        Who.COORDINATOR,
    ),
    **dict.fromkeys(
        (
            "directory.name_of",
            "directory.others",
            "directory.page",
            "merges.merge",
            "merges.preview",
            "merges.undo",
            "people_changes.add",
            "people_changes.change",
            "people_changes.close",
            "people_changes.reopen",
            "people_changes.sheet",
            "people_changes.unlink",
            "positions.libraries",
            "positions.remove",
            "positions.save",
        ),
        Who.OFFICE,
    ),
    **dict.fromkeys(
        (
            "audit_list.export",
            "audit_list.page",
            "libraries.page",
            "libraries.save",
            "libraries.set_closed",
            "libraries.show",
            "people_changes.set_role",
        ),
        Who.ADMINISTRATOR,
    ),
}
