"""The program's help pages."""

import asyncio
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from models.errors import NotFound
from pages._places import Who, plain
from pages._plain import render
from services import programs
from services.access import Actor


@plain("/help", who=Who.ANYONE)
async def help_page(request: Request) -> Response:
    return await asyncio.to_thread(_index, request.scope["aspen_actor"])


@plain("/help/{slug}", who=Who.ANYONE)
async def one_help_page(request: Request) -> Response:
    slug = request.path_params["slug"]
    pages = await asyncio.to_thread(_pages)
    found = next((part for part in pages if part["slug"] == slug), None)
    if found is None:
        raise NotFound
    return await asyncio.to_thread(_one, request.scope["aspen_actor"], found)


def _index(actor: Actor | None) -> Response:
    listed = [(part["slug"], part["title"], part["summary"]) for part in _pages()]
    return render("help.html", actor, title="Help", current="/help", pages=listed)


def _one(actor: Actor | None, found: dict[str, str]) -> Response:
    others = [(part["slug"], part["title"], part["summary"]) for part in _pages() if part is not found]
    return render(
        "help_page.html",
        actor,
        title=found["title"],
        current="/help",
        page_title=found["title"],
        body=_html(found["body"]),
        others=others,
    )


def _pages() -> list[dict[str, str]]:
    return list(programs.current().texts["help"])


@lru_cache(maxsize=64)
def _html(markdown: str) -> Markup:
    """CommonMark without raw HTML, so the program's texts cannot bring markup of their own."""
    return Markup(MarkdownIt("commonmark", {"html": False}).render(markdown))  # noqa: S704 -- html is off
