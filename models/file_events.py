"""An event as a file brings it, before anybody looks whether it is known."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from models.entries import LONGEST_TEXT, LONGEST_TITLE, MOST_CREDITS, is_sane
from models.texts import typed


@dataclass(frozen=True)
class FileEvent:
    """Moments in UTC. `key` tells it again; None where the file says nothing.

    `credits` by category: two rows of a CSV file with the same key are one event with two credit lines. `series` is
    what the dates of an event that recurs have in common.
    """

    key: str
    title: str
    begins_at: datetime
    ends_at: datetime
    time_zone: str
    sponsor: str | None = None
    presenter: str | None = None
    description: str | None = None
    location: str | None = None
    online: bool | None = None
    link: str | None = None
    credits: dict[int, Decimal] | None = None
    cancelled: bool = False
    series: str = ""

    @property
    def problem(self) -> str:
        """One sentence, without a full stop, on what no event may be; else nothing."""
        if not self.title:
            return "it has no title"
        if not is_sane(self.begins_at) or not is_sane(self.ends_at):
            return "check the year"
        if self.ends_at <= self.begins_at:
            return "it ends before it begins"
        if any(not 0 < value <= MOST_CREDITS for value in (self.credits or {}).values()):
            return "check the credits"
        return ""


def line(text: object) -> str:
    """As a field of the form would take it, cut where that has its end."""
    return typed(text)[:LONGEST_TITLE].strip()


def lines(text: object) -> str:
    """The same for a description."""
    return typed(text)[:LONGEST_TEXT].strip()
