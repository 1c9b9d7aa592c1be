"""Audit lines: written in the transaction of the deed, told in words on a record's page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.audit import AuditLine
from models.people import Person
from models.times import shown_day
from services import clock, db, journal


def record(
    session: Session,
    actor_id: int | None,
    action: str,
    subject_id: int,
    *,
    person_id: int | None = None,
    **details: Any,
) -> None:
    """One line: `action` reads `subject:deed`, such as `claim:approved`; details are plain JSON values."""
    line = {
        "at": clock.now(),
        "actor_id": actor_id,
        "action": action,
        "subject": action.partition(":")[0],
        "subject_id": subject_id,
        "person_id": person_id,
        "details": details,
    }
    db.insert_values(session, AuditLine, line)
    db.tell(session, lambda: journal.deed(action, subject_id, actor_id))


@dataclass(frozen=True)
class Told:
    at: datetime
    who: str
    what: str


def history(session: Session, person_id: int, limit: int = 60) -> list[Told]:
    """What happened to a person's record, newest first."""
    actor = aliased(Person)
    rows = session.exec(
        select(AuditLine, actor)
        .outerjoin(actor, col(AuditLine.actor_id) == actor.id)
        .where(AuditLine.person_id == person_id)
        .order_by(col(AuditLine.id).desc())
        .limit(limit)
    )
    return [told(line, who) for line, who in rows]


def history_of(session: Session, subject: str, subject_id: int, limit: int = 20) -> list[Told]:
    """What happened to one record, newest first."""
    actor = aliased(Person)
    rows = session.exec(
        select(AuditLine, actor)
        .outerjoin(actor, col(AuditLine.actor_id) == actor.id)
        .where(AuditLine.subject == subject, AuditLine.subject_id == subject_id)
        .order_by(col(AuditLine.id).desc())
        .limit(limit)
    )
    return [told(line, who) for line, who in rows]


def told(line: AuditLine, who: Person | None) -> Told:
    """A line in words."""
    return Told(line.at, who.name if who else "The program", _words(line))


def _words(line: AuditLine) -> str:
    title = line.details.get("title", "")
    reason = line.details.get("reason", "")
    sentence = _SENTENCES.get(line.action, line.action.replace(":", " ")).format(
        title=title, verifier=line.details.get("verifier", ""), what=line.details.get("what", "")
    )
    if line.action == "participation:verified":
        sentence = f"{sentence.removesuffix('.')}: {_verification(line.details)}."
    return f"{sentence} Reason: {reason}" if reason else sentence


def _verification(details: dict[str, Any]) -> str:
    """Who verified, how it came, and when."""
    how = _HOW.get(details["how"], f"by {details['how']}")
    return f"{details['verifier']}, {how}, on {shown_day(date.fromisoformat(details['verified_on']))}"


_HOW = {"paper": "on paper", "link": "by the link in our letter", "account": "signed in"}
_SENTENCES = {
    "claim:saved": "Claimed “{title}”.",
    "claim:entered": "Entered “{title}” for this person.",
    "claim:changed": "Changed the pending entry “{title}”.",
    "claim:corrected": "Corrected “{title}”.",
    "claim:withdrawn": "Withdrew “{title}”.",
    "claim:resubmitted": "Corrected and resubmitted “{title}”.",
    "claim:approved": "Approved “{title}”.",
    "claim:declined": "Declined “{title}”.",
    "claim:undone": "Took the decision on “{title}” back.",
    "claim:reopened": "Reopened “{title}”.",
    "claim:attended": "Credit for “{title}” by attendance.",
    "claim:followed": "Made the credit for “{title}” what its attendance list says now.",
    "claim:registered": "Credit for “{title}” by registration.",
    "registration:made": "Registered for “{title}”.",
    "registration:waiting": "Put on the waiting list of “{title}”.",
    "registration:moved_up": "Moved up from the waiting list of “{title}”.",
    "registration:cancelled": "Cancelled the registration for “{title}”.",
    "registration:seated": "Added to those who came to “{title}”.",
    "registration:attended": "Marked as present at “{title}”.",
    "registration:absent": "Marked as absent at “{title}”.",
    "registration:unmarked": "Took the attendance mark for “{title}” back.",
    "registration:corrected": "Corrected the attendance at “{title}”.",
    "event:added": "Added the event “{title}”.",
    "event:changed": "Changed the event “{title}”: {what}",
    "event:published": "Published the event “{title}”.",
    "event:cancelled": "Cancelled the event “{title}”.",
    "event:discarded": "Discarded the draft “{title}”.",
    "event:named": "Named on the event “{title}”: {what}",
    "event:unnamed": "Named no more on the event “{title}”: {what}",
    "event:imported": "Imported the event “{title}”.",
    "event:attendance_closed": "Closed the attendance of “{title}”.",
    "person:calendar_made": "Made a personal calendar address.",
    "person:calendar_ended": "Ended the personal calendar address.",
    "participation:added": "Took up the track {title}.",
    "participation:updated": "Updated the track {title}.",
    "participation:withdrawn": "Withdrew from the track {title}.",
    "participation:submitted": "Submitted the record for {title}.",
    "participation:returned": "Returned the record for {title}.",
    "participation:reviewed": "Approved the record for {title}.",
    "participation:verified": "Recorded the verification for {title}.",
    "participation:asked": "Asked {verifier} to verify the record for {title}.",
    "participation:referred": "{verifier} is not the right person to verify the record for {title}.",
    "participation:extended": "Gave more time for {title}.",
    "participation:waived": "Changed a requirement of {title} for this person: {what}",
    "participation:renewed": "Opened the renewal of {title}.",
    "certificate:issued": "Issued the certificate {title}.",
    "certificate:superseded": "Replaced the certificate {title}.",
    "certificate:revoked": "Revoked the certificate {title}.",
    "degree:handed_in": "Handed in the degree {title}.",
    "degree:withdrawn": "Took the degree {title} back.",
    "degree:recorded": "Recorded the degree {title}.",
    "degree:returned": "Returned the degree {title}.",
    "evidence:asked": "Asked for evidence of “{title}”, drawn by lot.",
    "evidence:received": "Handed in evidence for “{title}”.",
    "evidence:accepted": "Accepted the evidence for “{title}”.",
    "evidence:refused": "Refused the evidence for “{title}”.",
    "evidence:excused": "Asks for no evidence for “{title}” any more.",
    "evidence_sample:drawn": "Drew a sample by lot: {title}.",
    "evidence_sample:reminded": "Reminded {title} whose evidence was missing.",
    "document:kept": "Handed in the file “{title}”.",
    "person:interim_asked": "Asked {verifier} to verify the credits so far.",
    "person:interim_verified": "{verifier} verified {title} credits on the way.",
    "person:interim_referred": "{verifier} is not the right person to verify the credits so far.",
    "person:changed": "Changed {title}.",
    "person:email_asked": "Asked for another e-mail address.",
    "person:email_confirmed": "Confirmed another e-mail address.",
    "person:imported": "Added from a file.",
    "person:granted": "Received the role {title}.",
    "person:arrived": "Came by a first sign-in with {title}.",
    "person:linked": "Added the account at {title} for signing in.",
    "person:unlinked": "Removed the account at {title} for signing in.",
    "person:introduced": "Told who she is: {title}.",
    "person:added": "Added {title} by hand.",
    "person:corrected": "Corrected {title}.",
    "person:closed": "Closed this record.",
    "person:opened": "Opened this record again.",
    "person:role_taken": "Lost the role {title}.",
    "person:merged": "Merged the record of {title} into this person’s.",
    "person:unmerged": "Took the merge with the record of {title} back.",
    "position:added": "Added the position {title}.",
    "position:changed": "Changed the position {title}.",
    "position:removed": "Removed the position {title}.",
    "library:added": "Added the library {title}.",
    "library:changed": "Changed the library {title}.",
    "library:closed": "Closed the library {title}.",
    "library:opened": "Opened the library {title} again.",
    "letter:retried": "Had the letter “{title}” sent again.",
    "letter:given_up": "Gave the letter “{title}” up.",
    "letters:unwanted": "Wants no more letters of the kind “{title}”.",
    "letters:wanted": "Wants letters of the kind “{title}” again.",
    "words:changed": "Changed the words of the letter “{title}”.",
    "words:reset": "Put the program’s own words of the letter “{title}” back.",
    "session:begun": "Signed in.",
    "session:ended": "Signed out.",
}
