"""The link in a letter to a new e-mail address: looking changes nothing, the button does."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from models.errors import NotFound, WrongState
from pages._places import Who, plain
from pages._plain import render
from services import profile
from services.access import Actor


@plain("/user/email/{token}", who=Who.ANYONE)
async def email_link(request: Request) -> Response:
    return await asyncio.to_thread(_ask, request.scope["aspen_actor"], request.path_params["token"])


@plain("/user/email/{token}", who=Who.ANYONE, method="POST")
async def confirm_email(request: Request) -> Response:
    return await asyncio.to_thread(_confirm, request.scope["aspen_actor"], request.path_params["token"])


def _ask(actor: Actor | None, token: str) -> Response:
    try:
        address = profile.email_behind(token)
    except NotFound as refusal:
        return _told(actor, "This link is not valid any more", str(refusal), status=404)
    return render("user_email.html", actor, title="Confirm your e-mail address", address=address)


def _confirm(actor: Actor | None, token: str) -> Response:
    try:
        address = profile.confirm_email(token)
    except (NotFound, WrongState) as refusal:
        return _told(actor, "The address was not changed", str(refusal), status=404)
    return _told(actor, "Your e-mail address is confirmed", f"Letters go to {address} from now on.")


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
