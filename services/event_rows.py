"""Events of a CSV file by its columns."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from models.base import HALF
from models.entries import MOST_CREDITS
from models.file_events import FileEvent, line
from models.times import from_local, is_zone
from services import programs
from services.csv_rows import Row

COLUMNS = (
    *("title", "begins", "ends", "time_zone", "sponsor", "presenter", "category", "credits", "location", "online"),
    "source",
)


def from_row(row: Row) -> FileEvent:
    """Times are local; the key is `source`, else title and begins. Raises BadFile."""
    title, zone = row.required("title"), row.required("time_zone")
    if not is_zone(zone):
        raise row.bad("time_zone", f"{zone} is not a time zone such as America/Denver.")
    begins, ends = _moment(row, "begins", zone), _moment(row, "ends", zone)
    if ends <= begins:
        raise row.bad("ends", "the event ends before it begins.")
    if row["online"].lower() not in {"yes", "no", ""}:
        raise row.bad("online", "write yes or no.")
    told = FileEvent(
        key=row["source"] or f"{title} {row['begins']}",
        title=line(title),
        begins_at=begins,
        ends_at=ends,
        time_zone=zone,
        sponsor=line(row["sponsor"]),
        presenter=line(row["presenter"]),
        location=line(row["location"]),
        online=row["online"].lower() == "yes",
        credits=_credits(row),
    )
    if told.problem:
        raise row.bad("begins", f"{told.problem}.")
    return told


def _credits(row: Row) -> dict[int, Decimal]:
    if not row["category"] or not row["credits"]:
        return {}
    names = {category.name.lower(): category.id for category in programs.current().categories.values()}
    category_id = names.get(row["category"].lower())
    if category_id is None:
        raise row.bad("category", f"{row['category']} is not a category of this program.")
    try:
        value = Decimal(row["credits"])
    except InvalidOperation as error:
        raise row.bad("credits", f"{row['credits']} is not a number.") from error
    if not value.is_finite() or not HALF <= value <= MOST_CREDITS or value % HALF:
        raise row.bad("credits", f"must be a positive multiple of .5, at most {MOST_CREDITS}.")
    return {category_id: value}


def _moment(row: Row, column: str, zone: str) -> datetime:
    try:
        local = datetime.fromisoformat(row.required(column))
        if local.tzinfo is not None:
            raise ValueError("an offset beside the time zone")
        return from_local(local.date(), local.time(), zone)
    except ValueError as error:
        raise row.bad(column, f"{row[column]} is not a local time such as 2026-09-17 10:00.") from error
