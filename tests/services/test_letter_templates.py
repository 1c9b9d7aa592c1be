"""An administrator's own words for a letter: tried out, saved, sent, put back."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from models.audit import AuditLine
from models.errors import NotFound, Problems
from models.letters import LetterTemplate
from models.people import Role
from services import db, letter_paper, letter_templates, review
from services.access import Actor
from tests import make

OWN = {"subject": "Not counted: {title}", "body": "Dear {first_name},\n\n**{title}** does not count: {reason}"}


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def kim() -> Actor:
    return make.person("Kim Keys", roles=(Role.ADMINISTRATOR,))


def deeds() -> list[tuple[str, dict[str, object]]]:
    with db.reading() as session:
        lines = session.exec(select(AuditLine).where(AuditLine.subject == "words").order_by(col(AuditLine.id)))
        return [(line.action, line.details) for line in lines]


def test_every_kind_is_listed_with_the_program_s_words_at_first(kim: Actor) -> None:
    lines = letter_templates.listing(kim)
    assert {"credit declined", "confirm e-mail", "certificate issued"} <= {line.kind.key for line in lines}
    assert all(line.changed_at is None for line in lines)
    found = letter_templates.show(kim, "credit-declined")
    assert (found.words.subject, found.lacking) == ("Declined: {title}", False)
    assert "Your credit for “Story Hours in Small Places” was declined." in found.preview.text


def test_own_words_are_sent_from_now_on_and_the_program_s_again_after_reset(kim: Actor) -> None:
    ann, cem = make.person(), make.coordinator()
    first, second, third = (make.own_entry(ann, title) for title in ("One", "T*w*o", "Three"))
    review.decline(cem, [first], "No.")
    letter_templates.save(kim, "credit-declined", OWN)
    review.decline(cem, [second], "Not about libraries.")
    letter_templates.reset(kim, "credit-declined")
    review.decline(cem, [third], "No.")
    subjects = [make.letters_about(claim_id)[0].subject for claim_id in (first, second, third)]
    assert subjects == ["Declined: One", "Not counted: T*w*o", "Declined: Three"]
    body = make.letters_about(second)[0].body
    assert letter_paper.as_text(body) == "Dear Ann,\n\nT*w*o does not count: Not about libraries.\n"
    assert "<strong>T*w*o</strong>" in letter_paper.MARKDOWN.render(body)


def test_who_changed_them_and_what_they_were_is_on_record(kim: Actor) -> None:
    letter_templates.save(kim, "credit-declined", OWN)
    line = letter_templates.show(kim, "credit-declined").line
    assert (line.changed_by, line.changed_at) == ("Kim Keys", make.NOON)
    letter_templates.save(kim, "credit-declined", {**OWN, "subject": "No: {title}"})
    letter_templates.save(kim, "credit-declined", {**OWN, "subject": "No: {title}"})
    letter_templates.reset(kim, "credit-declined")
    letter_templates.reset(kim, "credit-declined")
    assert deeds() == [
        ("words:changed", {"title": "Credit declined", "was": None}),
        ("words:changed", {"title": "Credit declined", "was": OWN}),
        ("words:reset", {"title": "Credit declined", "was": {**OWN, "subject": "No: {title}"}}),
    ]


def test_saving_the_program_s_words_is_a_reset(kim: Actor) -> None:
    words = letter_templates.show(kim, "credit-declined").words
    letter_templates.save(kim, "credit-declined", OWN)
    letter_templates.save(kim, "credit-declined", {"subject": words.subject, "body": words.body})
    assert letter_templates.show(kim, "credit-declined").line.changed_at is None


def test_a_preview_saves_nothing_and_a_mistake_is_told_at_its_field(kim: Actor) -> None:
    shown = letter_templates.preview(kim, "credit-declined", OWN)
    assert shown.subject == "Not counted: Story Hours in Small Places"
    assert "<strong>Story Hours in Small Places</strong>" in shown.html
    for deed in (letter_templates.preview, letter_templates.save):
        with pytest.raises(Problems) as refused:
            deed(kim, "credit-declined", {**OWN, "body": "No."})
        assert list(refused.value.by_field) == ["body"]
    assert letter_templates.show(kim, "credit-declined").words.subject == "Declined: {title}"


def test_words_that_lack_what_a_letter_needs_today_are_not_sent(kim: Actor) -> None:
    """As after an upgrade, whose letter has a placeholder that must not be left out."""
    with db.writing() as session:
        session.add(
            LetterTemplate(
                kind="credit declined", subject="Old", body="Of old.", changed_at=make.NOON, changed_by_id=kim.person_id
            )
        )
    found = letter_templates.show(kim, "credit-declined")
    assert (found.words.body, found.lacking) == ("Of old.", True)
    claim_id = make.own_entry(make.person())
    review.decline(make.coordinator(), [claim_id], "No.")
    assert make.letters_about(claim_id)[0].subject.startswith("Declined:")


def test_what_is_no_kind_is_not_there(kim: Actor) -> None:
    for slug in ("credit declined", "nothing", ""):
        with pytest.raises(NotFound):
            letter_templates.show(kim, slug)
