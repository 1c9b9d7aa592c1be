"""Refusals: errors whose text is the sentence that the person reads.

Refusal
├── NotFound        missing, or not yours: the same words for both
├── NotAllowed      you may not do this
├── SignedOut       nobody is signed in
├── WrongState      not now, or already decided
├── LikelyDuplicate it looks like something that is already there; the person may insist
└── Problems        mistakes, each at its field
    └── Overtaken   somebody else changed the same meanwhile; the person may insist
"""

from collections.abc import Mapping


class Refusal(Exception):
    """A refusal the person can act on; its text is shown as it is."""


class NotFound(Refusal):
    def __init__(self, sentence: str = "This page does not exist, or it is not yours to open.") -> None:
        super().__init__(sentence)


class NotAllowed(Refusal):
    pass


class SignedOut(Refusal):
    def __init__(self, sentence: str = "You are signed out. Sign in again to go on.") -> None:
        super().__init__(sentence)


class WrongState(Refusal):
    pass


class LikelyDuplicate(Refusal):
    """Holds the likenesses found, one sentence each."""

    def __init__(self, sentences: tuple[str, ...], claim_ids: tuple[int, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
        self.claim_ids = claim_ids


class Problems(Refusal):
    """Mistakes by field name, each a sentence."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(" ".join(by_field.values()))
        self.by_field = dict(by_field)


class Overtaken(Problems):
    """Fields that somebody else changed, too, while this form was open; `now` is what they are by now."""

    def __init__(self, by_field: Mapping[str, str], now: Mapping[str, object]) -> None:
        super().__init__(by_field)
        self.now = dict(now)


class CannotStart(Exception):
    """The installation is set up wrongly; the text is one sentence for the operator."""
