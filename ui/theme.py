"""Colours, spacing, type, corners and widths, and the one style sheet that is made of them."""

from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"

COLOURS = {
    "paper": "#F8F5EE",
    "sheet": "#FFFDF9",
    "white": "#FFFFFF",
    "sand": "#EFE9DC",
    "sand-edge": "#CFC6B3",
    "rule": "#DDD6C7",
    "edge": "#75817A",
    "ink": "#16302B",
    "ink-2": "#4A5C56",
    "sky": "#14588C",
    "sky-dark": "#0D3F67",
    "sky-tint": "#E4EFF6",
    "sky-edge": "#C4D9E7",
    "sky-high": "#C9DFEC",
    "sky-low": "#F3F1E6",
    "spruce": "#1D5B49",
    "spruce-tint": "#E2EEE7",
    "gold": "#C8952C",
    "gold-ink": "#745000",
    "gold-tint": "#FAF0D7",
    "gold-edge": "#E3CE97",
    "brick": "#9E2F1E",
    "brick-dark": "#7D2416",
    "brick-tint": "#FAE9E4",
    "leaf": "#F4C95D",
    "shade": "rgb(22 48 43 / .55)",
}

SPACES = {"1": "4px", "2": "8px", "3": "12px", "4": "16px", "5": "24px", "6": "32px", "7": "48px", "8": "64px"}

SIZES = {
    "h1": "1.875rem",
    "next": "1.75rem",
    "h2": "1.5rem",
    "h3": "1.25rem",
    "text": "1.0625rem",
    "table": "1rem",
    "small": ".9375rem",
    "chip": ".875rem",
    "figure": "2.25rem",
    "hero": "2.25rem",
}
SIZES_FROM_TABLET = {"h1": "2.25rem", "next": "2.125rem", "h2": "1.625rem", "figure": "2.5rem", "hero": "3rem"}
SIZES_FROM_DESK = {"hero": "3.375rem"}

SHAPES = {
    "radius": "3px",
    "radius-float": "6px",
    "page-width": "1264px",
    "form-width": "800px",
    "text-width": "66ch",
    "margin": "16px",
    "target": "44px",
    "control": "48px",
    "deed": "56px",
    "serif": '"Source Serif 4", Georgia, "Times New Roman", serif',
    "sans": '"Source Sans 3", "Helvetica Neue", Arial, sans-serif',
    "shadow": "0 1px 0 rgb(22 48 43 / .06), 0 12px 32px -16px rgb(22 48 43 / .28)",
    "ring": "0 0 0 2px var(--leaf)",
}

TABLET, DESK = 768, 1024


@cache
def full_sheet() -> str:
    """The whole style sheet: the tokens, then every sheet of `static/css` in the order of its name."""
    sheets = sorted((STATIC / "css").glob("*.css"))
    return "\n".join([style_sheet(), *(sheet.read_text(encoding="utf-8") for sheet in sheets)])


def style_sheet() -> str:
    """The tokens as custom properties of `:root`, with the larger type of wider windows."""
    always = {**COLOURS, **_named("space", SPACES), **_named("size", SIZES), **SHAPES}
    tablet = {**_named("size", SIZES_FROM_TABLET), "margin": "32px"}
    desk = _named("size", SIZES_FROM_DESK)
    return "\n".join([_root(always), _from_width(TABLET, tablet), _from_width(DESK, desk)])


@cache
def static_url(name: str) -> str:
    """The address of a file under `static`, which changes whenever its content does."""
    return f"/static/{name}?v={_mark((STATIC / name).read_bytes())}"


def _named(group: str, tokens: dict[str, str]) -> dict[str, str]:
    return {f"{group}-{name}": value for name, value in tokens.items()}


def _root(tokens: dict[str, str]) -> str:
    return ":root {" + " ".join(f"--{name}: {value};" for name, value in tokens.items()) + "}"


def _from_width(width: int, tokens: dict[str, str]) -> str:
    return f"@media (min-width: {width}px) {{ {_root(tokens)} }}"


def _mark(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]


STYLE_URL = f"/static/aspen.css?v={_mark(full_sheet().encode())}"
