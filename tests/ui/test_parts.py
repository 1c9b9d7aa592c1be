"""Small pieces of every page: whatever stands in a record, it is text."""

from markupsafe import Markup

from ui.frame import Frame, banner, footer, header
from ui.icons import icon
from ui.parts import CHIPS, back_link, chip, duplicate_note, empty, facts, link, notice

MEAN = '<script>alert("1")</script> & "quoted"'


def frame(**changed: object) -> Frame:
    parts: dict[str, object] = {
        "nav": (("Calendar", "/events"), ("Review", "/review")),
        "current": "/review",
        "who": "Cem Coole",
        "banner": None,
        "footer": (("Help", "/help"),),
        "program": "Montana State Library",
    }
    return Frame(**{**parts, **changed})  # type: ignore[arg-type]


def test_every_text_is_escaped() -> None:
    mean = frame(nav=((MEAN, MEAN),), who=MEAN, banner=MEAN, footer=((MEAN, MEAN),), program=MEAN)
    drawn = [
        chip(MEAN),
        facts([(MEAN, MEAN)]),
        link(MEAN, MEAN),
        link(MEAN, MEAN, kind="main"),
        empty(MEAN),
        duplicate_note(MEAN),
        back_link(MEAN, MEAN),
        notice(MEAN, MEAN),
        icon("tick", label=MEAN),
        header(mean),
        footer(mean),
        banner(mean),
    ]
    for markup in drawn:
        assert isinstance(markup, Markup)
        assert "<script>" not in markup
        assert '"quoted"' not in markup


def test_a_status_is_a_word_with_an_icon_and_never_colour_alone() -> None:
    for status in CHIPS:
        assert "<svg" in chip(status)
        assert chip(status).striptags() == status


def test_the_header_names_who_is_there_and_marks_where_we_are() -> None:
    drawn = header(frame())
    assert '<a href="/review" aria-current="page">Review</a>' in drawn
    assert '<a href="/events">Calendar</a>' in drawn
    assert "Cem Coole" in drawn
    assert '<form method="post" action="/logout">' in drawn
    assert '<a href="/login">Sign in</a>' in header(frame(who=None))
    assert banner(frame()) == ""
