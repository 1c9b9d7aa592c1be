"""Letters of the random audit: evidence is asked for, and what became of it."""

from services.letter_kind import LetterKind, Placeholder

_TITLE = Placeholder("The title of the event", "Story Hours in Small Places", required=True)
_REASON = Placeholder("The reason as it was given", "The file shows another event.", required=True)
_DUE = Placeholder("By when", "Wed, Dec 23, 2026", required=True)
_LINK = Placeholder("The link to hand it in", "https://ce.example.gov/ce/evidence", required=True, link=True)
_CREDITS = Placeholder("The credits", "· “Story Hours in Small Places”, Fri, Nov 20, 2026, 2 credits", required=True)

EVIDENCE = (
    LetterKind(
        "evidence asked",
        "When the random audit draws credits of a person.",
        "Please show what you attended, by {due}",
        "From time to time we draw some credits by lot and ask for evidence. This time it fell on you:\n\n{credits}\n\n"
        "Please hand in a file for each by {due}: a certificate of attendance, a letter of the organizer, or a "
        "picture of it.\n\n{link}",
        {"credits": _CREDITS, "due": _DUE, "link": _LINK},
    ),
    LetterKind(
        "evidence reminder",
        "When a coordinator reminds those whose evidence is missing.",
        "Still to come: evidence for your credits, by {due}",
        "We asked you for evidence by {due}, and have not received it yet for:\n\n{credits}\n\n{link}",
        {"credits": _CREDITS, "due": _DUE, "link": _LINK},
    ),
    LetterKind(
        "evidence accepted",
        "When evidence is accepted.",
        "Thank you: {title}",
        "Your evidence for “{title}” was accepted. Nothing more is needed.",
        {"title": _TITLE},
        mandatory=False,
    ),
    LetterKind(
        "evidence refused",
        "When evidence is refused, or none came.",
        "Your evidence for {title} will not do",
        "Your evidence for “{title}” was not accepted.\n\nThe reason: {reason}\n\n"
        "Write to the state library if you think that this is a mistake.",
        {"title": _TITLE, "reason": _REASON},
    ),
    LetterKind(
        "evidence excused",
        "When a coordinator asks for no evidence any more.",
        "No evidence needed: {title}",
        "You need not hand in evidence for “{title}” any more.\n\nThe reason: {reason}",
        {"title": _TITLE, "reason": _REASON},
    ),
)
