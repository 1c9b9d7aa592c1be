"""Tables, their states and verbs, and the rules that need no database."""

from models import (
    audit,
    claims,
    credits,
    drafts,
    events,
    installation,
    letters,
    libraries,
    participations,
    people,
    programs,
    sessions,
)

__all__ = [
    "audit",
    "claims",
    "credits",
    "drafts",
    "events",
    "installation",
    "letters",
    "libraries",
    "participations",
    "people",
    "programs",
    "sessions",
]
