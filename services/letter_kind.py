"""What a kind of letter is: when it is sent, what it may hold, and the program's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Placeholder:
    """What stands for {its name}. A required one may not be left out of the body; a link is no part of a subject."""

    meaning: str
    example: str
    required: bool = False
    link: bool = False


@dataclass(frozen=True)
class LetterKind:
    """`key` is what Letter.kind holds. Who gets a letter that is not mandatory may say that she wants none of them.

    The link of a `secret` one lets whoever has it do something, so nobody else is shown it. One for the `office` goes
    to coordinators only.
    """

    key: str
    when: str
    subject: str
    body: str
    own: Mapping[str, Placeholder] = field(default_factory=dict)
    mandatory: bool = True
    secret: bool = False
    office: bool = False

    @property
    def name(self) -> str:
        return self.key[:1].upper() + self.key[1:]

    @property
    def slug(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace(" ", "-")

    @property
    def placeholders(self) -> dict[str, Placeholder]:
        return {**self.own, **EVERYWHERE}

    @property
    def default_body(self) -> str:
        return f"Hello {{first_name}},\n\n{self.body}\n\n{{contact_name}}\n{{program}}"


EVERYWHERE = {
    "first_name": Placeholder("The first name of the person who gets the letter", "Maria"),
    "contact_name": Placeholder("Who answers for the program", "CE Coordinator, Montana State Library"),
    "program": Placeholder("The program's name", "Montana State Library Certification Program"),
}
