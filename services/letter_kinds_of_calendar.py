"""Letters about events: registration, waiting list, changes, reminders, and what attendance gave."""

from services.letter_kind import LetterKind, Placeholder

_TITLE = Placeholder("The title of the event", "Story Hours in Small Places", required=True)
_WHEN = Placeholder("When it takes place", "Tue, Dec 1, 2026, 10:00 AM to 11:00 AM", required=True)
_WHERE = Placeholder("Where: the place, or the link to the meeting", "Lewis & Clark Library, Helena")
_LINK = Placeholder("The event's page", "https://ce.example.gov/events/17", required=True, link=True)
_BY = Placeholder("Who registered the person", "Ellen Ash registered you.")
_REASON = Placeholder("The reason as it was given", "The presenter is ill.", required=True)
_EVENT = {"title": _TITLE, "when": _WHEN, "where": _WHERE, "link": _LINK}
_FACTS = "{title}\n{when}\n{where}\n\n{link}"

CALENDAR = (
    LetterKind(
        "registered",
        "When somebody has a seat at an event; with the calendar entry.",
        "You are registered: {title}",
        f"{{by}} You have a seat:\n\n{_FACTS}\n\nIf you cannot come, please give it back there: others may wait.",
        {**_EVENT, "by": _BY},
    ),
    LetterKind(
        "waiting list",
        "When an event is full, and somebody waits for a seat.",
        "On the waiting list: {title}",
        f"{{by}} All seats are taken; you are on the waiting list:\n\n{_FACTS}\n\n"
        "When a seat becomes free and it is your turn, you have it, and we write to you at once.",
        {**_EVENT, "by": _BY},
    ),
    LetterKind(
        "moved up",
        "When a seat became free for who waited first; with the calendar entry.",
        "You have a seat: {title}",
        f"A seat became free, and it is yours:\n\n{_FACTS}\n\nIf you cannot come, please give it back there.",
        _EVENT,
    ),
    LetterKind(
        "registration cancelled",
        "When a seat, or a place in the waiting list, was given back.",
        "Registration cancelled: {title}",
        f"You are not registered any more:\n\n{_FACTS}",
        _EVENT,
    ),
    LetterKind(
        "event cancelled",
        "When an event is cancelled, to all who are registered or wait.",
        "Cancelled: {title}",
        f"This event does not take place.\n\nThe reason: {{reason}}\n\n{_FACTS}",
        {**_EVENT, "reason": _REASON},
    ),
    LetterKind(
        "event changed",
        "When the time or the place of an event changes, to all who are registered or wait; with the calendar entry.",
        "Changed: {title}",
        f"Time or place of this event are now:\n\n{_FACTS}",
        _EVENT,
    ),
    LetterKind(
        "event reminder",
        "A day before an event, to those who are registered; with the calendar entry.",
        "Soon: {title}",
        f"You are registered for:\n\n{_FACTS}",
        _EVENT,
        mandatory=False,
    ),
    LetterKind(
        "attendance credited",
        "When attendance of an event is closed and credits are there.",
        "Credit for {title}",
        "Thank you for coming to “{title}”. It is in your list: {credits}. You need not claim it.",
        {"title": _TITLE, "credits": Placeholder("How many credits", "2 credits", required=True)},
        mandatory=False,
    ),
    LetterKind(
        "attendance corrected",
        "When attendance is corrected after it was closed.",
        "Attendance corrected: {title}",
        "Your attendance at “{title}” was corrected: {said}\n\nThe reason: {reason}",
        {
            "title": _TITLE,
            "reason": _REASON,
            "said": Placeholder("What it says now", "You were there for 45 minutes, which gives .5 credits."),
        },
    ),
)
