"""Words of letters: light Markdown with placeholders, whose values are never more than text."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Problems
from services import letter_paper, letter_words
from services.letter_kinds import KINDS, LetterKind
from services.letter_words import Words

DECLINED, CONFIRM = KINDS["credit declined"], KINDS["confirm e-mail"]
SIGNS = st.text(st.sampled_from("ab 1.2)\\`*_[]()<>&{}#+-=~!|:/\n\"'"), max_size=60)


def text_of(kind: LetterKind, words: Words, **values: str) -> str:
    return letter_paper.as_text(letter_words.fill(kind, words, values).body)


def plain(value: str) -> str:
    """A value as a reader sees it: its lines, without needless blanks."""
    lines = [" ".join(line.split()) for line in value.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@given(SIGNS)
def test_whatever_a_person_typed_is_read_as_she_typed_it(value: str) -> None:
    words = Words("A", "Before.\n\n{reason}\n\nBehind.")
    between = [plain(value)] if plain(value) else []
    assert text_of(DECLINED, words, reason=value) == "\n\n".join(["Before.", *between, "Behind."]) + "\n"


@given(SIGNS)
def test_whatever_a_person_typed_makes_no_mark_up(value: str) -> None:
    body = letter_words.fill(DECLINED, Words("A", "The reason: {reason}"), {"reason": value}).body
    html = letter_paper.MARKDOWN.render(body)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<p>", "</p>", "<br>"}
    read = unescape(re.sub(r"<[^>]*>", "", html)).split()
    assert read == f"The reason: {value}".split()


def test_a_value_holds_no_placeholder_and_a_subject_one_line_only() -> None:
    filled = letter_words.fill(DECLINED, Words("{title}", "{reason}"), {"title": "A\r\nBcc: {reason}", "reason": "B"})
    assert filled == Words("A Bcc: {reason}", "B")


def test_the_body_is_light_markdown_for_text_and_html_alike() -> None:
    body = "# Hi\n\nA **bold** *soft* [word](https://a.example)\nsecond\n\n- one\n- two\n\n3. three\n4. four\n\n> said"
    assert letter_paper.as_text(body) == (
        "Hi\n\nA bold soft word (https://a.example)\nsecond\n\n- one\n- two\n\n3. three\n4. four\n\n> said\n"
    )
    html = letter_paper.as_html(body, subject="A & B", program="P")
    for part in ("<strong>bold</strong>", "<em>soft</em>", '<a href="https://a.example">word</a>', "<br>", "A &amp; B"):
        assert part in html


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "![a](https://b.example/c.png)",
        "[a](javascript:alert(1))",
        '<img src="//b.example">',
    ],
)
def test_no_words_fetch_or_run_anything(body: str) -> None:
    html = letter_paper.MARKDOWN.render(body)
    assert not re.search(r"<(?!/?(p|a|em|strong)\b)", html)
    assert 'href="javascript' not in html


def test_a_link_stands_as_it_is_in_both() -> None:
    link = "https://ce.example.gov/user/email/_a-b_c_"
    body = letter_words.fill(CONFIRM, letter_words.default(CONFIRM), {"link": link, "first_name": "Ann"}).body
    assert f"\n\n{link}\n\n" in letter_paper.as_text(body)
    assert f'<a href="{link}">{link}</a>' in letter_paper.MARKDOWN.render(body)


@pytest.mark.parametrize(
    ("subject", "body", "field", "told"),
    [
        ("", "{link}", "subject", "Enter a subject."),
        ("x" * 151, "{link}", "subject", "At most 150 characters"),
        ("Confirm {link}", "{link}", "subject", "A subject holds no link"),
        ("Confirm {reason}", "{link}", "subject", "This letter knows no {reason}. It knows {link}, {first_name}"),
        ("Confirm", "", "body", "Enter what the letter says."),
        ("Confirm", "x" * 5000 + "{link}", "body", "At most 5000 characters"),
        ("Confirm", "Open it.", "body", "The letter is of no use without {link}: the link to confirm it."),
        ("Confirm", "{link} {first name}", "body", "This letter knows no {first name}."),
        ("Confirm", "{link} {}", "body", "This letter knows no {}."),
        ("Confirm", "{link} \u202e", "body", "signs that cannot be seen"),
    ],
)
def test_words_that_would_not_do_are_refused_at_their_field(subject: str, body: str, field: str, told: str) -> None:
    with pytest.raises(Problems) as refused:
        letter_words.read(CONFIRM, {"subject": subject, "body": body})
    assert list(refused.value.by_field) == [field]
    assert told in refused.value.by_field[field]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.slug)
def test_the_program_s_own_words_pass_and_read_well_with_examples(kind: LetterKind) -> None:
    words = letter_words.default(kind)
    assert letter_words.read(kind, {"subject": words.subject, "body": words.body}) == words
    filled = letter_words.fill(kind, words, {name: one.example for name, one in kind.placeholders.items()})
    assert not re.search(r"[{}]", filled.subject + filled.body)
    assert kind.when.endswith(".")
