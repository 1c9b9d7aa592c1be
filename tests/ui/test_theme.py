"""Colours that can be read, and one style sheet with addresses that change with what they lead to."""

import re

from ui.theme import COLOURS, SHAPES, STATIC, STYLE_URL, full_sheet, static_url

READ_ON = {
    "ink": ("paper", "sheet", "white", "sand", "sky-tint", "spruce-tint", "gold-tint", "brick-tint"),
    "ink-2": ("paper", "sheet", "white", "sand"),
    "sky": ("paper", "sheet", "white"),
    "spruce": ("paper", "sheet", "spruce-tint"),
    "gold-ink": ("sheet", "gold-tint"),
    "brick": ("sheet", "white", "brick-tint"),
}


def light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_ink_can_be_read_on_every_ground_that_it_stands_on() -> None:
    for ink, grounds in READ_ON.items():
        for ground in grounds:
            dark, bright = sorted((light(COLOURS[ink]), light(COLOURS[ground])))
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, f"{ink} on {ground}"


def test_every_token_that_a_sheet_asks_for_is_there() -> None:
    sheet = full_sheet()
    given = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    assert set(re.findall(r"var\((--[\w-]+)\)", sheet)) <= given
    assert {f"--{name}" for name in (*COLOURS, *SHAPES)} <= given


def test_every_file_that_a_sheet_asks_for_is_shipped() -> None:
    asked = re.findall(r"url\(\"?/static/([^\")?]+)", full_sheet())
    assert asked
    assert [name for name in asked if not (STATIC / name).is_file()] == []


def test_an_address_holds_the_mark_of_its_content() -> None:
    assert re.fullmatch(r"/static/aspen\.css\?v=[0-9a-f]{8}", STYLE_URL)
    assert re.fullmatch(r"/static/icon\.svg\?v=[0-9a-f]{8}", static_url("icon.svg"))
