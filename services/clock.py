"""The clock of this process: the real one, or in the demo a fixed moment (ASPEN_DEMO_NOW)."""

from datetime import UTC, datetime

_fixed: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed or datetime.now(UTC)


def fix(moment: datetime | None) -> None:
    global _fixed  # noqa: PLW0603 -- one clock per process is the promise of this module
    _fixed = moment.astimezone(UTC) if moment else None
