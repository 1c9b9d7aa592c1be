"""Plain pages: Jinja templates, no script, no NiceGUI client."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Scope

from models.errors import NotFound
from pages._faults import report
from pages._frame import frame_of
from services.access import Actor
from ui import frame as parts
from ui.theme import STYLE_URL, static_url

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "ui" / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(
    template: str, actor: Actor | None, *, title: str, current: str = "", status: int = 200, **context: Any
) -> HTMLResponse:
    """The template inside the frame."""
    frame = frame_of(actor, current)
    page = TEMPLATES.get_template(template).render(
        title=title,
        style_url=STYLE_URL,
        icon_url=static_url("icon.svg"),
        header_html=parts.header(frame),
        footer_html=parts.footer(frame),
        banner_html=parts.banner(frame),
        **context,
    )
    return HTMLResponse(page, status)


def answered(draw: Callable[..., Awaitable[Any]]) -> Callable[[Request], Awaitable[Any]]:
    """A plain route whose refusals and faults are told on a page of ours."""

    async def answer(request: Request) -> Any:
        actor = request.scope.get("aspen_actor")
        try:
            return await draw(request)
        except NotFound:
            return await message_page(actor, request.scope, 404)
        except Exception as fault:  # told with a reference, and the rest to the log
            return await message_page(actor, request.scope, 500, report(fault))

    return answer


async def message_page(actor: Actor | None, scope: Scope, status: int, reference: str = "") -> HTMLResponse:
    """What is told when there is no page to show: not found, or a fault with its reference."""
    title, sentences = MESSAGES[status]
    return await asyncio.to_thread(
        render,
        "message.html",
        actor,
        title=title,
        status=status,
        sentences=[sentence.format(reference=reference) for sentence in sentences],
        link_text="Go to the Control Panel" if actor else "Go to the first page",
        link_href="/ce" if actor else "/",
    )


MESSAGES = {
    404: (
        "There is nothing to see here",
        ("This page does not exist, or it is not yours to open.", "Check the address, or go on from a page you know."),
    ),
    429: (
        "One moment, please",
        ("This computer asked for more than we answer in a minute.", "Try again in {reference} seconds."),
    ),
    500: (
        "Something went wrong on our side",
        ("We are sorry. Nothing that you had saved is lost.", "If you write to us, give this reference: {reference}"),
    ),
}
