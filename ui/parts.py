"""Small pieces of every page as HTML: all text is escaped, all results may stand in a template as they are."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from ui.icons import icon

CHIPS = {
    "pending": ("pending", "clock"),
    "approved": ("approved", "tick"),
    "declined": ("declined", "cross"),
    "withdrawn": ("withdrawn", "back"),
    "in progress": ("open", "pencil"),
    "submitted": ("pending", "send"),
    "reviewed": ("pending", "eye"),
    "verified": ("verified", "tick"),
    "issued": ("issued", "seal"),
    "returned": ("declined", "back"),
    "overdue": ("declined", "alert"),
    "expired": ("withdrawn", "hourglass"),
    "valid": ("approved", "tick"),
    "revoked": ("declined", "cross"),
    "superseded": ("withdrawn", "twin"),
    "most recent": ("issued", "seal"),
    "asked": ("pending", "clock"),
    "received": ("verified", "send"),
    "accepted": ("approved", "tick"),
    "refused": ("declined", "cross"),
    "excused": ("withdrawn", "back"),
    "done": ("approved", "tick"),
    "next": ("pending", "clock"),
    "later": ("withdrawn", "hourglass"),
    "met": ("approved", "tick"),
    "missing": ("declined", "alert"),
    "registered": ("verified", "tick"),
    "waiting": ("pending", "clock"),
    "attended": ("approved", "tick"),
    "absent": ("withdrawn", "cross"),
    "cancelled": ("withdrawn", "cross"),
    "sent": ("approved", "tick"),
    "failed": ("declined", "alert"),
    "own words": ("verified", "pencil"),
    "draft": ("pending", "pencil"),
    "published": ("approved", "tick"),
}
PLAIN_CHIP = ("open", "info")


def esc(text: object) -> Markup:
    """`text` as it may stand between tags and inside quoted attributes; what is `Markup` already stays as it is."""
    return escape(text)


def chip(status: str) -> Markup:
    """A status as a word with its own shape and icon; one that is not known gets a plain outline."""
    kind, drawing = CHIPS.get(status.lower(), PLAIN_CHIP)
    return Markup('<span class="chip chip--{}">{}{}</span>').format(kind, icon(drawing), status)


def facts(rows: Sequence[tuple[str, str]]) -> Markup:
    """Names and values under each other; a value may be `Markup`."""
    pairs = Markup("").join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, value) for name, value in rows)
    return Markup('<dl class="facts">{}</dl>').format(pairs)


def link(text: str, href: str, *, kind: str = "") -> Markup:
    """A link; with a kind of button, or several ("main big"), it looks like that button."""
    if not kind:
        return Markup('<a href="{}">{}</a>').format(href, text)
    classes = " ".join(["btn", *(f"btn--{word}" for word in kind.split())])
    return Markup('<a class="{}" href="{}">{}</a>').format(classes, href, text)


def empty(sentence: str, action_html: str = "") -> Markup:
    """What stands in the place of a list without rows: what to do, and a link to do it."""
    return Markup('<div class="box box--empty"><p>{}</p>{}</div>').format(sentence, Markup(action_html))  # noqa: S704 -- the caller's own HTML


def duplicate_note(sentence: str) -> Markup:
    """A line that says of what this looks like a second copy."""
    return Markup('<p class="dup">{}<span>{}</span></p>').format(icon("twin"), sentence)


def back_link(text: str, href: str) -> Markup:
    """The way to the page above, over the heading."""
    return Markup('<a class="back" href="{}">{}{}</a>').format(href, icon("chevron-left"), text)


def notice(title: str, sentence: str, *, kind: str = "", action_html: str = "") -> Markup:
    """A tinted box with a bold beginning, a sentence and a link; `kind` is empty, "dup", "wrong" or "done"."""
    drawing = {"dup": "twin", "wrong": "alert", "done": "tick"}.get(kind, "info")
    classes = f"notice notice--{kind}" if kind else "notice"
    return Markup('<div class="{}">{}<p><strong>{}</strong> {} {}</p></div>').format(
        classes,
        icon(drawing),
        title,
        sentence,
        Markup(action_html),  # noqa: S704 -- the caller's own HTML
    )
