"""Letters about the supervisor's verification."""

from services.letter_kind import LetterKind, Placeholder

_OF_SUPERVISOR = {
    "person": Placeholder("Whose credits they are", "Maria Delgado", required=True),
    "what": Placeholder("What is to be verified", "the record for Library Staff"),
    "link": Placeholder("The one-time link", "https://ce.example.gov/supervisor/example", required=True, link=True),
    "until": Placeholder("Until when the link holds", "Thu, Dec 24, 2026"),
}

SUPERVISION = (
    LetterKind(
        "verification asked",
        "When a supervisor is asked to verify credits, to the supervisor.",
        "{person} asks you to verify credits",
        "{person} takes part in continuing education, and you are named as supervisor. Please verify {what}: open this "
        "link, look at the credits, and press the button. You need no account.\n\n{link}\n\n"
        "Opening the link changes nothing. It holds until {until}. If you are not the right person, tell us there.",
        _OF_SUPERVISOR,
        secret=True,
    ),
    LetterKind(
        "verification reminder",
        "Once, when a supervisor has not answered, to the supervisor.",
        "Still to be verified: credits of {person}",
        "A few days ago we asked you to verify {what} of {person}. It takes a minute:\n\n{link}\n\n"
        "The link holds until {until}. If you are not the right person, tell us there.",
        _OF_SUPERVISOR,
        secret=True,
    ),
    LetterKind(
        "another supervisor",
        "When a supervisor says that somebody else is to be asked, to every coordinator.",
        "Not the right person for {person}: {verifier}",
        "{verifier} was asked to verify credits of {person}, and says to be the wrong person for it.\n\n"
        "The note: {note}\n\nOpen the record in the queue to ask somebody else.",
        {
            "verifier": Placeholder("Who was asked", "Ellen Marsh", required=True),
            "person": Placeholder("Whose credits they are", "Maria Delgado", required=True),
            "note": Placeholder("Whom to ask instead", "Ask Tom Reed, he took over in May.", required=True),
        },
        mandatory=False,
        office=True,
    ),
)
