"""The public check: is this certificate genuine, and is it valid today?"""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.certificates import read_code, shown_code
from models.times import shown_day
from pages._limits import Limiter
from pages._places import Who, plain
from pages._plain import render
from services import certificate_pages, programs
from services.access import Actor
from services.certificate_pages import Verified
from ui.parts import facts

LIMITER = Limiter(30)
LONGEST = 60
"""Letters of what was typed that are given back."""


@plain("/verify", who=Who.ANYONE)
async def verify_form(request: Request) -> Response:
    typed = request.query_params.get("code")
    code = read_code(typed) if typed else None
    if code:
        return RedirectResponse(f"/verify/{shown_code(code)}", 303)
    problem = "" if typed is None else NO_CODE if typed.strip() else EMPTY
    return await asyncio.to_thread(_draw, request.scope["aspen_actor"], typed or "", problem=problem)


@plain("/verify/{code}", who=Who.ANYONE)
async def verify_code(request: Request) -> Response:
    actor, typed = request.scope["aspen_actor"], request.path_params["code"]
    seconds = LIMITER.wait(request.client.host if request.client else "")
    answer = await asyncio.to_thread(_too_many, actor, seconds) if seconds else await _checked(actor, typed)
    answer.headers["x-robots-tag"] = "noindex"
    return answer


async def _checked(actor: Actor | None, typed: str) -> Response:
    def check() -> Response:
        found = certificate_pages.verify(typed)
        if found is None:
            return _draw(actor, typed, unknown=True)
        return _draw(actor, shown_code(read_code(typed) or ""), found)

    return await asyncio.to_thread(check)


def _draw(
    actor: Actor | None, typed: str, found: Verified | None = None, *, problem: str = "", unknown: bool = False
) -> Response:
    title = "Check a certificate"
    if found is not None:
        title = f"{found.standing}: certificate {found.number}"
    return render(
        "verify.html",
        actor,
        title=f"Problem: {title}" if problem else title,
        current="/verify",
        status=404 if unknown else 200,
        today=shown_day(programs.current().today()),
        typed=typed[:LONGEST],
        problem=problem,
        unknown=unknown,
        found=found,
        sentence=_sentence(found) if found else "",
        facts_html=facts(_facts(found, typed)) if found else "",
        contact=programs.current().settings,
    )


def _sentence(found: Verified) -> str:
    until = shown_day(found.due_on) if found.due_on else ""
    ended = shown_day(found.ended_on) if found.ended_on else ""
    return {
        "VALID": "This certificate is genuine and valid today.",
        "EXPIRED": f"This certificate is genuine. It was valid until {until}.",
        "SUPERSEDED": f"This certificate is genuine, but a corrected one took its place on {ended}. Ask for that one.",
        "REVOKED": f"This certificate does not count any more. The {found.program} revoked it on {ended}.",
    }[found.standing]


def _facts(found: Verified, code: str) -> list[tuple[str, str]]:
    return [
        ("Name", found.name),
        ("Certificate", found.track),
        ("Issued", shown_day(found.issued_on)),
        ("Valid until", shown_day(found.due_on) if found.due_on else "no end"),
        ("Number", found.number),
        ("Issued by", found.program),
        ("Code", code),
    ]


def _too_many(actor: Actor | None, seconds: int) -> Response:
    wait = "a second" if seconds == 1 else f"{seconds} seconds"
    page = render(
        "message.html",
        actor,
        title="Too many checks at once",
        current="/verify",
        status=429,
        sentences=[
            f"Many codes were checked from your network within a minute. Wait {wait}, then check again.",
            "If you have a long list to check, write to the state library.",
        ],
        link_text="Check a certificate",
        link_href="/verify",
    )
    page.headers["retry-after"] = str(seconds)
    return page


EMPTY = "Enter the code that is printed beside the QR code."
NO_CODE = "This is no certificate code. It has 16 letters and digits, in four groups."
