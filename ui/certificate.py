"""The certificate on the screen: the same drawing as on paper."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ui.theme import static_url

STYLE_URL = static_url("certificate/certificate.css")
"""The style sheet that a page with a certificate links to."""


def certificate_html(
    document: Mapping[str, Any], *, heading: Literal["h1", "h2"] = "h1", whole: bool = False
) -> Markup:
    """The certificate in its frame, which it fills. In a frame under 700 px it is an upright card, unless it is to be
    seen `whole`: the sheet of paper in small. Its name is a heading of the rank `heading`."""
    kind = "certificate-frame certificate-frame--whole" if whole else "certificate-frame"
    drawn = _template().render({**document, "heading": heading})
    return Markup(f'<div class="{kind}">{drawn}</div>')  # noqa: S704 -- the template escapes what it is given


@cache
def _template() -> Template:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    pages = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return pages.get_template("certificate.html")
