"""Letters about what time brings: a certificate that comes due, and a new director."""

from services.letter_kind import LetterKind, Placeholder

_TRACK = Placeholder("The track", "Library Administrator", required=True)
_DUE = Placeholder("The due day", "Tue, Nov 24, 2026", required=True)
_LEFT = Placeholder("How long until then", "in 90 days")
_DIRECTOR = Placeholder("The director’s name", "Ruth Ellingson", required=True)

TIME = (
    LetterKind(
        "degree returned",
        "When a coordinator returns a degree, to the person.",
        "Your degree was returned to you",
        "The degree that you handed in, {degree}, was returned to you. The note: {reason}\n\n"
        "What you typed is still there: correct it, and hand it in again.",
        {
            "degree": Placeholder("The degree", "MLIS, University of Washington", required=True),
            "reason": Placeholder("The coordinator’s note", "The file shows only the envelope.", required=True),
        },
    ),
    LetterKind(
        "due reminder",
        "At the program’s days before a certification comes due, to the participant.",
        "{track}: due {left}",
        "Your certification in the track {track} comes due {left}, on {due}. {standing}\n\n"
        "See what is missing, and plan the rest:\n\n{link}",
        {
            "track": _TRACK,
            "due": _DUE,
            "left": _LEFT,
            "standing": Placeholder("What is earned so far", "You have 42 of 60 credits."),
            "link": Placeholder("The link to the track", "https://ce.example.gov/ce/tracks/12", link=True),
        },
    ),
    LetterKind(
        "due reminder to the board",
        "At the same days, of a director’s certification, to the board chair.",
        "{person}: certification due {left}",
        "The certification of your director, {person}, in the track {track} comes due {left}, on {due}. "
        "Please see to it together that it is renewed in time.",
        {"person": _DIRECTOR, "track": _TRACK, "due": _DUE, "left": _LEFT},
    ),
    LetterKind(
        "new director",
        "When somebody becomes director of a library, to the director.",
        "Your certification as a director, by {due}",
        "Welcome as a library director. The program asks directors to be certified in the track {track} within the "
        "first years: in your case by {due}. Take up the track on your Control Panel, and your credits count.",
        {"track": _TRACK, "due": _DUE},
    ),
    LetterKind(
        "new director, to the board",
        "When somebody becomes director of a library, to the board chair.",
        "The certification of your new director, by {due}",
        "Your library has a new director, {person}. The program asks directors to be certified in the track {track}: "
        "{person} by {due}. As board chair you verify the credits when the record is handed in; we write to you then.",
        {"person": _DIRECTOR, "track": _TRACK, "due": _DUE},
    ),
    LetterKind(
        "due day extended",
        "When a coordinator gives somebody more time.",
        "More time for {track}: until {due}",
        "Your due day in the track {track} was moved to {due}.\n\nThe reason: {reason}",
        {"track": _TRACK, "due": _DUE, "reason": Placeholder("The reason", "Parental leave.", required=True)},
    ),
    LetterKind(
        "requirement waived",
        "When a coordinator waives credits of a requirement, or takes that back.",
        "{track}: a requirement was changed for you",
        "In your record for {track}: {what}\n\nThe reason: {reason}",
        {
            "track": _TRACK,
            "what": Placeholder("What was waived", "5 credits of Technology need not be earned.", required=True),
            "reason": Placeholder("The reason", "No course was offered.", required=True),
        },
    ),
)
