"""A month of the calendar: a table of weeks, and on a phone the days that have something, one under the other."""

from dataclasses import replace
from datetime import date, timedelta

from models.times import local_time, shown_clock, shown_day, shown_month
from pages._event_find import address
from services import programs
from services.events import EventFilter, MonthDay, MonthEvent
from ui.parts import empty, esc

WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def event_month(days: list[MonthDay], wanted: EventFilter) -> str:
    """The month with ways to the ones before and after."""
    first = days[0].day
    before, after = (first - timedelta(days=1)).replace(day=1), days[-1].day + timedelta(days=1)
    name = shown_month(first)
    ways = (
        f'<nav class="month-ways" aria-label="Months"><a class="btn btn--plain" href="{address(wanted, month=before)}">'
        f'Previous month</a><h2>{name}</h2><a class="btn btn--plain" href="{address(wanted, month=after)}">'
        "Next month</a></nav>"
    )
    if not any(one.events for one in days):
        return ways + str(empty(f"No events in {name}."))
    heads = "".join(f'<th scope="col"><abbr title="{name}">{name[:3]}</abbr></th>' for name in WEEKDAYS)
    return (
        f'{ways}<table class="month"><caption class="sr">{name}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(_weeks(days, wanted))}</tbody></table>"
    )


def _weeks(days: list[MonthDay], wanted: EventFilter) -> list[str]:
    blank = '<td class="month-blank"></td>'
    cells = [blank] * (days[0].day.isoweekday() % 7) + [_cell(one, wanted) for one in days]
    cells += [blank] * (-len(cells) % 7)
    return [f"<tr>{''.join(cells[start : start + 7])}</tr>" for start in range(0, len(cells), 7)]


def _cell(one: MonthDay, wanted: EventFilter) -> str:
    today = one.day == programs.current().today()
    look = f"month-day{' month-today' if today else ''}{'' if one.events else ' month-blank'}"
    items = "".join(f"<li>{_event(event)}</li>" for event in one.events)
    if one.more:
        href, name = address(replace(wanted, past=False, since=one.day)), f"{one.more} more on {shown_day(one.day)}"
        items += f'<li><a class="month-more" href="{href}" aria-label="{name}">{one.more} more</a></li>'
    listed = f"<ul>{items}</ul>" if items else ""
    mark = ' aria-current="date"' if today else ""
    return f'<td class="{look}"{mark}><p class="month-number">{_number(one.day)}</p>{listed}</td>'


def _number(day: date) -> str:
    """The number alone in the table; with its weekday where a phone shows the days as a list."""
    name = shown_day(day).rpartition(f"{day.day}, ")[0]
    return f'<span class="month-name">{name}</span>{day.day}'


def _event(event: MonthEvent) -> str:
    begins = shown_clock(local_time(event.begins_at, event.time_zone))
    return f'<a href="/events/{event.id}"><span class="month-time">{begins}</span> {esc(event.title)}</a>'
