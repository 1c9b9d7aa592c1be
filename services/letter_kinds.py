"""Every kind of letter that the program writes: when it is sent, what it may hold, and the program's own words."""

from services.letter_kind import EVERYWHERE, LetterKind, Placeholder
from services.letter_kinds_of_calendar import CALENDAR
from services.letter_kinds_of_evidence import EVIDENCE
from services.letter_kinds_of_supervision import SUPERVISION
from services.letter_kinds_of_time import TIME

__all__ = ["EVERYWHERE", "KINDS", "LetterKind", "Placeholder", "kind_at", "kind_called"]


def _told(subject: str, sentences: str) -> dict[str, Placeholder]:
    """Of kinds whose words are made where they are written."""
    return {
        "subject": Placeholder("What it is about", subject),
        "sentences": Placeholder("What there is to say", sentences, required=True),
    }


_TITLE = Placeholder("The title of the event", "Story Hours in Small Places")
_REASON = Placeholder("The reason as it was given", "It is not about libraries.", required=True)
_NUMBER = Placeholder("The number of the certificate", "MT-2026-000123", required=True)
_TRACK = Placeholder("The track", "Library Administrator")

_ALL = (
    LetterKind(
        "credit approved",
        "When a credit is approved, to those who ticked “Email on Assigned Credit”.",
        "Approved: {title}",
        "Your credit for “{title}” was approved: {credits}. It counts from now on.",
        {"title": _TITLE, "credits": Placeholder("How many credits", "2 credits")},
        mandatory=False,
    ),
    LetterKind(
        "credit declined",
        "When a credit is declined.",
        "Declined: {title}",
        "Your credit for “{title}” was declined.\n\nThe reason: {reason}\n\n"
        "Open Edit CE Credits to correct and resubmit it.",
        {"title": _TITLE, "reason": _REASON},
    ),
    LetterKind(
        "credit reopened",
        "When a decision on a credit is taken back with a reason.",
        "Looked at again: {title}",
        "The decision on “{title}” was reopened; the credit is PENDING again.\n\nThe reason: {reason}",
        {"title": _TITLE, "reason": _REASON},
    ),
    LetterKind(
        "credit entered",
        "When a coordinator enters or corrects a credit for somebody.",
        "Entered for you: {title}",
        "{by} entered or corrected “{title}” in your record.\n\nThe reason: {reason}",
        {
            "title": _TITLE,
            "reason": _REASON,
            "by": Placeholder("Who did it", "Joanna Birdsong", required=True),
        },
    ),
    LetterKind(
        "record returned",
        "When a submitted record is returned.",
        "Returned to you: your record for {track}",
        "Your record for {track} was returned to you.\n\nThe note: {note}\n\n"
        "Open the Continuing Education Control Panel, see to it, and submit the record again.",
        {"track": _TRACK, "note": Placeholder("The coordinator's note", "Two credits are missing.", required=True)},
    ),
    LetterKind(
        "certificate issued",
        "When a certificate is issued.",
        "Your certificate {number}",
        "Congratulations: your certificate for {track} was issued. {validity}\n\n"
        "You find it on your ASPeN User page, to see, print and save. Your renewal has begun.",
        {
            "number": Placeholder("The number of the certificate", "MT-2026-000123"),
            "track": _TRACK,
            "validity": Placeholder("How long it is valid, as a sentence", "It is valid until November 24, 2030."),
        },
    ),
    LetterKind(
        "certificate superseded",
        "When a corrected certificate takes the place of one.",
        "Your certificate {number} was replaced by {new_number}",
        "Your certificate {number} was replaced by {new_number}.\n\nThe reason: {reason}",
        {
            "number": _NUMBER,
            "new_number": Placeholder("The number of the new certificate", "MT-2026-000124", required=True),
            "reason": _REASON,
        },
    ),
    LetterKind(
        "certificate revoked",
        "When a certificate is revoked.",
        "Your certificate {number} was revoked",
        "Your certificate {number} was revoked.\n\nThe reason: {reason}",
        {"number": _NUMBER, "reason": _REASON},
    ),
    LetterKind(
        "confirm e-mail",
        "When somebody gives another e-mail address, to that address.",
        "Confirm your e-mail address",
        "You asked for letters to go to this address. Open this link and press the button:\n\n{link}\n\n"
        "It holds for three days. If it was not you, do nothing.",
        {
            "link": Placeholder(
                "The link to confirm it", "https://ce.example.gov/user/email/example", required=True, link=True
            )
        },
        secret=True,
    ),
    LetterKind(
        "e-mail changed",
        "When another e-mail address was confirmed, to the old one.",
        "Your e-mail address was changed",
        "From now on, letters to you go to {address}. If this was not you, write to us.",
        {"address": Placeholder("The new address", "maria@darby.example.org", required=True)},
    ),
    LetterKind(
        "new person",
        "When somebody signs in for the first time, to every coordinator.",
        "New: {name}",
        "{name} signed in for the first time: {place}.\n\n{link}\n\n{hint}",
        {
            "name": Placeholder("Her name", "Dia Dunn"),
            "place": Placeholder("Where she works", "Staff at Darby Community Public Library"),
            "link": Placeholder(
                "The link to her record", "https://ce.example.gov/admin/people/12", required=True, link=True
            ),
            "hint": Placeholder("What to look for", "Correct the record there."),
        },
        mandatory=False,
        office=True,
    ),
    *SUPERVISION,
    *TIME,
    *EVIDENCE,
    *CALENDAR,
    LetterKind(
        "audit head",
        "Once a day, to every administrator: how the chain of the audit stands.",
        "{subject}",
        "{sentences}",
        _told("Audit head of November 24, 2026", "The chain stands at position 1204. Keep this letter."),
    ),
    LetterKind(
        "backup failed",
        "When the nightly backup fails, to every administrator.",
        "{subject}",
        "{sentences}",
        _told("The nightly backup failed", "No space is left on the disk."),
    ),
)
KINDS = {kind.key: kind for kind in _ALL}


def kind_called(key: str) -> LetterKind:
    """The kind with this key; one that the program does not know any more says what it says, and nothing else."""
    return KINDS.get(key) or LetterKind(key, "Not sent any more.", "{subject}", "{sentences}")


def kind_at(slug: str) -> LetterKind | None:
    """The kind whose slug this is."""
    return next((kind for kind in _ALL if kind.slug == slug), None)
