"""Tables, their states and verbs, and the rules that need no database."""

from models import (
    audit,
    certificates,
    claims,
    credits,
    drafts,
    email_changes,
    events,
    installation,
    letters,
    libraries,
    participations,
    people,
    programs,
    sessions,
    verifications,
)

__all__ = [
    "audit",
    "certificates",
    "claims",
    "credits",
    "drafts",
    "email_changes",
    "events",
    "installation",
    "letters",
    "libraries",
    "participations",
    "people",
    "programs",
    "sessions",
    "verifications",
]
