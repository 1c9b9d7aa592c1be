"""What stands around every page: banner, header and footer, as the inside of their elements."""

from dataclasses import dataclass

from markupsafe import Markup

from ui.icons import icon


@dataclass(frozen=True)
class Frame:
    """`nav` and `footer` are texts with addresses, `current` is the address in `nav` of the place where we are."""

    nav: tuple[tuple[str, str], ...]
    current: str
    who: str | None
    banner: str | None
    footer: tuple[tuple[str, str], ...]
    program: str


def header(f: Frame) -> Markup:
    """The inside of the element with class `top`."""
    return Markup(
        '<div class="top-in"><a class="brand" href="/">{}<span>ASPeN</span></a>'
        '<span class="brand-sub">Continuing Education</span>{}{}</div>'
    ).format(icon("brand"), _nav(f), _who(f))


def footer(f: Frame) -> Markup:
    """The inside of the element with class `foot`."""
    items = Markup("").join(Markup('<li><a href="{}">{}</a></li>').format(href, text) for text, href in f.footer)
    links = Markup("<ul>{}</ul>").format(items) if f.footer else ""
    return Markup('<div class="foot-in"><p>{}</p>{}</div>').format(f.program, links)


def banner(f: Frame) -> Markup:
    """A sentence over the header, or nothing."""
    if not f.banner:
        return Markup("")
    return Markup('<div class="demo-banner" role="note"><p>{}</p></div>').format(f.banner)


def _who(f: Frame) -> Markup:
    if f.who is None:
        return Markup('<div class="top-who"><a href="/login">Sign in</a></div>')
    return Markup(
        '<div class="top-who"><a class="who" href="/user"{}>{}</a>'
        '<form method="post" action="/logout"><button type="submit">Sign out</button></form></div>'
    ).format(_current("/user", f), f.who)


def _nav(f: Frame) -> Markup:
    if not f.nav:
        return Markup("")
    items = Markup("").join(
        Markup('<li><a href="{}"{}>{}</a></li>').format(href, _current(href, f), text) for text, href in f.nav
    )
    return Markup('<nav class="top-nav" aria-label="Main"><ul>{}</ul></nav>').format(items)


def _current(href: str, f: Frame) -> Markup:
    return Markup(' aria-current="page"') if href == f.current else Markup("")
