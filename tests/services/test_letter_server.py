"""How the mail server and the sender are named."""

import pytest

from services.letter_server import MailServer, Sender, read_sender, read_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.gov", MailServer("mail.example.gov", 587, False, True)),
        ("smtp://mail.example.gov:25?starttls=no", MailServer("mail.example.gov", 25, False, False)),
        ("smtps://mail.example.gov", MailServer("mail.example.gov", 465, True, False)),
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025, False, False)),
        ("smtp://localhost?starttls=yes", MailServer("localhost", 587, False, True)),
        (
            "smtp://ce%40example.gov:p%2Fw%23@mail.example.gov/",
            MailServer("mail.example.gov", 587, False, True, "ce@example.gov", "p/w#"),
        ),
    ],
)
def test_encryption_is_the_rule_but_on_this_machine(url: str, server: MailServer) -> None:
    assert read_server(url) == server


def test_the_password_is_not_shown_with_the_rest() -> None:
    assert "secret" not in repr(read_server("smtp://aspen:secret@mail.example.gov"))


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("ce@example.gov", Sender("", "ce@example.gov")),
        (" Continuing  Education <ce@example.gov>", Sender("Continuing Education", "ce@example.gov")),
        ('"Education, Continuing" <ce@example.gov>', Sender("Education, Continuing", "ce@example.gov")),
        ("<ce@example.gov>", Sender("", "ce@example.gov")),
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(text: str, sender: Sender) -> None:
    assert read_sender(text) == sender
