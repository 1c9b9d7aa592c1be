"""Draws certificates as PDF in a process of its own: one JSON document a line in, one answer a line and the PDF out."""

import gc
import json
import logging
import os
import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined

UI = Path(__file__).parents[1] / "ui"
ASSETS = UI / "static" / "certificate"
BASE = "https://assets.invalid/"
CERTIFICATE = "certificate"
DOCUMENTS = {CERTIFICATE: ("certificate_page", "certificate"), "sign_in_sheet": ("sign_in_sheet", "sign_in_sheet")}
"""What is drawn: a template and a style sheet for each."""
LONGEST_DATA = 100_000
LONGEST_PROBLEM = 300
MISSING = (
    "PDF files cannot be drawn here, since system libraries are missing. "
    "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)

Drawing = Callable[[dict[str, Any]], bytes]


def main() -> None:
    """Answers every line of the standard input until it ends; nothing else reaches the standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    serve(sys.stdin, answers, drawing())


def serve(jobs: TextIO, answers: BinaryIO, draw: Drawing) -> None:
    """One answer for each line of `jobs`; whatever is wrong with one of them is told and does no harm to the next."""
    for line in jobs:
        try:
            pdf = draw(json.loads(line))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as fault:  # WeasyPrint's refusal of an address is no Exception
            answers.write(_line(ok=False, problem=f"{type(fault).__name__}: {fault}"[:LONGEST_PROBLEM]))
        else:
            answers.write(_line(ok=True, bytes=len(pdf)) + pdf)
        answers.flush()


def drawing() -> Drawing:
    """What draws one document, with typefaces and styles read once; where libraries are missing, what says so."""
    os.environ["FONTCONFIG_FILE"] = str(ASSETS / "fonts.conf")
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 -- once the environment is set
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except OSError:
        return _refuse
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    page = Environment(
        loader=FileSystemLoader(UI / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    fetcher = _fetcher()
    fonts = FontConfiguration()
    drawn = {
        name: (
            page.get_template(f"{template}.html"),
            CSS(string=_style(f"{sheet}.css"), base_url=BASE, url_fetcher=fetcher, font_config=fonts),
        )
        for name, (template, sheet) in DOCUMENTS.items()
    }
    gc.freeze()  # what was loaded stays: no need to look through it at every certificate

    def draw(document: dict[str, Any]) -> bytes:
        template, style = drawn[document.get("template", CERTIFICATE)]
        text = template.render({**document, "ended": ""})
        html = HTML(string=text, base_url=BASE, url_fetcher=fetcher)
        pdf = html.write_pdf(
            stylesheets=[style],
            font_config=fonts,
            cache={},
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            pdf_identifier=document["code"].encode(),
        )
        return bytes(pdf)

    return draw


def _style(name: str) -> str:
    """The style sheet with the theme's colours written in. They are read by path: services import nothing of `ui`."""
    colours: dict[str, str] = runpy.run_path(str(UI / "theme.py"))["COLOURS"]
    sheet = (ASSETS / name).read_text(encoding="utf-8")
    return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], sheet)


def _fetcher() -> Any:
    """Hands out the two drawings and `data:` addresses; every other address is refused."""
    from weasyprint.urls import (  # noqa: PLC0415
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    own = {f"{BASE}{path.name}": path.read_bytes() for path in ASSETS.glob("*.svg")}

    class Own(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in own:
                return URLFetcherResponse(url, own[url], {"Content-Type": "image/svg+xml"})
            if url == f"{BASE}certificate.css":
                return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
            if url.startswith("data:image/svg+xml") and len(url) < LONGEST_DATA:
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"This address is not for certificates: {url[:80]}")

    return Own(allowed_protocols=("data",), allow_redirects=False)


def _refuse(_document: dict[str, Any]) -> bytes:
    raise RuntimeError(MISSING)


def _line(**answer: Any) -> bytes:
    return json.dumps(answer).encode() + b"\n"


if __name__ == "__main__":
    main()
