"""Signing in and out. In the demo five buttons; a real installation's sign-in comes with its provider."""

import asyncio
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.errors import NotFound
from pages._guard import cookie_name
from pages._places import Who, plain
from pages._plain import render
from services import demo, installation, sign_in
from services.access import Actor


@plain("/login", who=Who.ANYONE)
async def login_page(request: Request) -> Response:
    target = _own_path(request.query_params.get("next", ""))
    return await asyncio.to_thread(_draw, request.scope["aspen_actor"], target)


@plain("/login", who=Who.ANYONE, method="POST")
async def log_in(request: Request) -> Response:
    if not installation.settings().demo:
        raise NotFound
    form = {name: values[0] for name, values in parse_qs((await request.body()).decode(errors="replace")).items()}
    token = await asyncio.to_thread(demo.sign_in_as, form.get("as", ""))
    actor = await asyncio.to_thread(sign_in.who, token)
    if before := request.scope["aspen_token"]:
        await asyncio.to_thread(sign_in.end, before)
    landing = "/review" if actor.is_coordinator else "/ce"
    answer = RedirectResponse(_own_path(form.get("next", "")) or landing, 303)
    settings = installation.settings()
    answer.set_cookie(
        cookie_name(settings),
        token,
        httponly=True,
        samesite="lax",
        path="/",
        secure=settings.base_url.startswith("https://"),
    )
    return answer


@plain("/logout", who=Who.ANYONE, method="POST")
async def log_out(request: Request) -> Response:
    if token := request.scope["aspen_token"]:
        await asyncio.to_thread(sign_in.end, token)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(installation.settings()), path="/")
    return answer


def _draw(actor: Actor | None, target: str) -> Response:
    if not installation.settings().demo:
        return render(
            "message.html",
            actor,
            title="Sign in",
            link_text="Go to the first page",
            link_href="/",
            sentences=["Sign-in with your state library's account is not set up on this server yet."],
        )
    people = [{"key": one.key, "label": one.label, "name": one.name, "about": one.about} for one in demo.five()]
    return render("login.html", actor, title="Sign in", people=people, next=target, problem="")


def _own_path(target: str) -> str:
    """Only a path of ours may follow the sign-in."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if ours and target.isprintable() else ""
