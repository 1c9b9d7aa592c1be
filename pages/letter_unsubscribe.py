"""The link at the foot of a letter: looking changes nothing, the button or the mail program's own one does."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from models.errors import NotFound
from pages._places import Who, plain
from pages._plain import render
from services import letter_wishes
from services.access import Actor


@plain("/letters/unsubscribe/{wish}", who=Who.ANYONE)
async def unsubscribe_link(request: Request) -> Response:
    return await asyncio.to_thread(_ask, request.scope["aspen_actor"], request.path_params["wish"])


@plain("/letters/unsubscribe/{wish}", who=Who.ANYONE, method="POST")
async def unsubscribe(request: Request) -> Response:
    """Our button, or a mail provider's single click by RFC 8058, which brings no cookie and no origin."""
    return await asyncio.to_thread(_do, request.scope["aspen_actor"], request.path_params["wish"])


def _ask(actor: Actor | None, token: str) -> Response:
    try:
        kind = letter_wishes.behind(token)
    except NotFound as refusal:
        return _told(actor, "This link is not valid", str(refusal), status=404)
    return render("letter_unsubscribe.html", actor, title="Do without these letters?", name=kind.name, when=kind.when)


def _do(actor: Actor | None, token: str) -> Response:
    try:
        kind = letter_wishes.unsubscribe(token)
    except NotFound as refusal:
        return _told(actor, "Nothing was changed", str(refusal), status=404)
    sentence = f"You get no more letters of the kind “{kind.name}”. On your ASPeN User page you can have them again."
    return _told(actor, "These letters stop", sentence)


def _told(actor: Actor | None, title: str, sentence: str, *, status: int = 200) -> Response:
    return render(
        "message.html",
        actor,
        title=title,
        status=status,
        sentences=[sentence],
        link_text="ASPeN User page",
        link_href="/user",
    )
