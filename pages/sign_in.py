"""Signing in and out: in the demo five buttons, else one for each provider."""

import asyncio
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from models.errors import Refusal
from pages import _cookies as cookies
from pages._devices import visitor_of
from pages._places import Who, plain
from pages._plain import render
from services import back_channel, demo, identities, installation, providers, sign_in
from services.access import Actor
from services.providers import SignInRefused


@plain("/login", who=Who.ANYONE)
async def login_page(request: Request) -> Response:
    target, left = own_path(request.query_params.get("next", "")), request.query_params.get("signed_out", "")
    return await asyncio.to_thread(_draw, request.scope["aspen_actor"], target, left)


@plain("/login", who=Who.ANYONE, method="POST")
async def log_in(request: Request) -> Response:
    """The demo's five buttons, or the way to a provider."""
    form = await read_form(request)
    target = own_path(form.get("next", ""))
    if not installation.settings().demo_sign_in:
        owner = request.scope["aspen_actor"] if form.get("link") else None
        return await _go_to_provider(request, form.get("provider", ""), target, owner)
    token = await asyncio.to_thread(demo.sign_in_as, form.get("as", ""))
    actor = await asyncio.to_thread(sign_in.who, token)
    return await _arrive(request, token, target or landing_of(actor))


@plain("/auth/callback", who=Who.ANYONE)
async def callback(request: Request) -> Response:
    """The browser is back from the provider."""
    actor, query = request.scope["aspen_actor"], dict(request.query_params)
    token, visitor = cookies.attempt_of(request), visitor_of(request)
    try:
        signed_in = await asyncio.to_thread(identities.finish, token, query, visitor, actor)
    except SignInRefused as refusal:
        answer = await asyncio.to_thread(_refused, actor, str(refusal))
        cookies.take_attempt(answer)
        return answer
    fresh = await asyncio.to_thread(sign_in.who, signed_in.token)
    answer = await _arrive(request, signed_in.token, signed_in.target or landing_of(fresh))
    cookies.take_attempt(answer)
    return answer


@plain("/auth/logout", who=Who.ANYONE, method="POST")
async def back_channel_logout(request: Request) -> Response:
    """A provider's server tells that somebody signed out there."""
    form = await read_form(request)
    try:
        await asyncio.to_thread(back_channel.log_out, form.get("logout_token", ""))
    except SignInRefused as refusal:
        told = {"error": "invalid_request", "error_description": str(refusal)}
        return JSONResponse(told, 400, {"cache-control": "no-store"})
    return Response(status_code=200, headers={"cache-control": "no-store"})


@plain("/logout", who=Who.ANYONE, method="POST")
async def log_out(request: Request) -> Response:
    left = ""
    if token := request.scope["aspen_token"]:
        left = await asyncio.to_thread(identities.provider_behind, token)
        await asyncio.to_thread(sign_in.end, token)
    answer = RedirectResponse(f"/login?signed_out={left}" if left else "/login", 303)
    cookies.take_session(answer)
    return answer


def landing_of(actor: Actor) -> str:
    """Where the work is."""
    if actor.is_coordinator:
        return "/review"
    return "/ce"


def own_path(target: str) -> str:
    """Only a path of ours may follow the sign-in."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if ours and target.isprintable() else ""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a plain form, the first of each name."""
    body = (await request.body()).decode(errors="replace")
    return {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}


async def _go_to_provider(request: Request, key: str, target: str, owner: Actor | None) -> Response:
    """A page that leads on by itself: a form's answer may not, since its policy lets it lead to our own pages only."""
    actor = request.scope["aspen_actor"]
    try:
        begun = await asyncio.to_thread(identities.begin, key, target, owner)
    except SignInRefused as refusal:
        return await asyncio.to_thread(_refused, actor, str(refusal))
    name = providers.of_key(key).settings.name
    answer = await asyncio.to_thread(
        render, "login_onward.html", actor, title=f"Going to {name}", name=name, address=begun.address
    )
    cookies.give_attempt(answer, begun.token)
    return answer


async def _arrive(request: Request, token: str, target: str) -> Response:
    """Signed in: the session that this browser had before is over."""
    if before := request.scope["aspen_token"]:
        await asyncio.to_thread(sign_in.end, before)
    answer = RedirectResponse(target, 303)
    cookies.give_session(answer, token)
    return answer


def _draw(actor: Actor | None, target: str, left: str) -> Response:
    settings = installation.settings()
    if settings.demo_sign_in:
        people = [{"key": one.key, "label": one.label, "name": one.name, "about": one.about} for one in demo.five()]
        return render("login.html", actor, title="Sign in", people=people, next=target, problem="")
    if settings.oidc_providers:
        name, address = _way_out(left)
        return render(
            "login_providers.html",
            actor,
            title="Sign in",
            providers=settings.oidc_providers,
            next=target,
            left=name,
            logout_address=address,
        )
    return render(
        "message.html",
        actor,
        title="Sign in",
        link_text="Go to the first page",
        link_href="/",
        sentences=["Sign-in with your state library's account is not set up on this server yet."],
    )


def _way_out(key: str) -> tuple[str, str]:
    """The name of the provider that one came by, and where one signs out there: others may use this computer."""
    try:
        provider = providers.of_key(key)
        return provider.settings.name, provider.logout_address()
    except Refusal:
        return "", ""


def _refused(actor: Actor | None, sentence: str) -> Response:
    return render(
        "message.html",
        actor,
        title="You are not signed in",
        status=400,
        sentences=[sentence],
        link_text="Sign in",
        link_href="/login",
    )
