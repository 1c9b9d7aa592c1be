"""Sections, headings and buttons of a page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nicegui import ui

from ui.parts import back_link, esc


@contextmanager
def section(title: str, *, anchor: str = "", intro: str = "") -> Iterator[ui.element]:
    """A part of a page with its heading under a thin rule."""
    element = ui.element("section").classes("block")
    if anchor:
        element.props(f"id={anchor}")
    with element:
        lead = f'<p class="intro">{esc(intro)}</p>' if intro else ""
        html(f"<h2>{esc(title)}</h2>{lead}")
        yield element


def html(markup: str) -> ui.html:
    """Markup that our own functions made and escaped."""
    return ui.html(markup, sanitize=False)


def button(text: str, on_click: Callable[[], object] | None, *, kind: str = "plain", size: str = "") -> ui.button:
    """A button of our own look; `kind` is main, plain, quiet, tab or brick. A double click does a main deed once."""
    classes = f"btn btn--{kind}" + (f" btn--{size}" if size else "")
    once = kind in ONCE and on_click is not None
    made = ui.button(text, on_click=None if once else on_click, color=None).props("no-caps unelevated").classes(classes)
    if on_click is not None and once:
        made.on("click", on_click, [], js_handler=SINGLE_PRESS)
    return made


def focus_on(element: ui.element) -> None:
    """Once it is drawn: what had the focus is gone, and who goes by keyboard stays where she was."""
    found = f"document.getElementById('{element.html_id}')?.focus({{preventScroll: true}})"
    element.client.run_javascript(f"requestAnimationFrame(() => {found})")  # the button pressed may be gone, too


def heading(title: str, *, intro: str = "", back: tuple[str, str] | None = None, beside: str = "") -> None:
    """The way back, the h1 and what it is about; `beside` is markup at the right of the h1."""
    way = f'<p class="way">{back_link(*back)}</p>' if back else ""
    lead = f'<p class="intro">{esc(intro)}</p>' if intro else ""
    title_row = f"<h1>{esc(title)}</h1>"
    if beside:
        title_row = f'<div class="title-row">{title_row}{beside}</div>'
    html(way + title_row + lead)


@contextmanager
def page(*, narrow: bool = False) -> Iterator[None]:
    """The column that a page stands in; narrow for a form or a single record."""
    with ui.element("div").classes("page page--form" if narrow else "page"):
        yield


@contextmanager
def box(classes: str, tag: str = "div") -> Iterator[ui.element]:
    with ui.element(tag).classes(classes) as element:
        yield element


ONCE = frozenset(("main", "brick"))
SINGLE_PRESS = "(event) => { if (event.detail < 2) emit(); }"
"""The second press of a double click is none."""
