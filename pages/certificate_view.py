"""The certificate on the whole screen, as PDF, and many of them as one ZIP."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from models.errors import NotFound, WrongState
from pages._certificate_words import stripe
from pages._headers import RUNS_SCRIPTS
from pages._numbers import certificate_number
from pages._places import Who, plain
from pages._plain import render
from services import certificate_files, certificate_pages, programs
from services.access import Actor
from ui.certificate import STYLE_URL, certificate_html
from ui.theme import static_url


@plain("/certificates/{number}/view", who=Who.SIGNED_IN)
async def certificate_on_screen(request: Request) -> Response:
    return await asyncio.to_thread(_on_screen, request.scope["aspen_actor"], _number(request))


@plain("/certificates/{number}.pdf", who=Who.SIGNED_IN)
async def certificate_pdf(request: Request) -> Response:
    known = request.headers.get("if-none-match", "")
    return await asyncio.to_thread(_pdf, request.scope["aspen_actor"], _number(request), known)


@plain("/certificates.zip", who=Who.COORDINATOR)
async def certificates_zip(request: Request) -> Response:
    asked = request.query_params.get("numbers", "").split(",")
    numbers = [certificate_number(text) for text in dict.fromkeys(asked)]
    if len(numbers) > certificate_files.MOST_IN_BUNDLE:
        raise NotFound
    return await asyncio.to_thread(_zip, request.scope["aspen_actor"], numbers)


def _on_screen(actor: Actor, number: str) -> Response:
    found = certificate_pages.show(actor, number)
    document = {**found.document, "ended": stripe(found.certificate, found.replaced_by)}
    page = render(
        "certificate_view.html",
        actor,
        title=f"Certificate {number}",
        number=number,
        sheet=certificate_html(document),
        sheet_url=STYLE_URL,
        script_url=static_url("js/print.js"),
    )
    page.headers[RUNS_SCRIPTS] = "1"
    return page


def _pdf(actor: Actor, number: str, known: str) -> Response:
    try:
        made = certificate_files.pdf(actor, number)
    except WrongState as refusal:
        return _not_now(actor, refusal, f"/certificates/{number}")
    headers = {**PERSONAL, "etag": f'"{made.sha256}"'}
    if headers["etag"] in known:
        return Response(status_code=304, headers=headers)
    return _file(made.body, "application/pdf", made.name, headers)


def _zip(actor: Actor, numbers: list[str]) -> Response:
    try:
        packed = certificate_files.bundle(actor, numbers)
    except WrongState as refusal:
        return _not_now(actor, refusal, "/review/certificates")
    return _file(packed, "application/zip", f"certificates-{programs.current().today().isoformat()}.zip", PERSONAL)


def _file(body: bytes, kind: str, name: str, headers: dict[str, str]) -> Response:
    return Response(body, media_type=kind, headers={**headers, "content-disposition": f'attachment; filename="{name}"'})


def _not_now(actor: Actor, refusal: WrongState, back: str) -> Response:
    page = render(
        "message.html",
        actor,
        title="Not ready yet",
        status=503,
        sentences=[str(refusal)],
        link_text="Back",
        link_href=back,
    )
    page.headers["retry-after"] = "60"
    return page


def _number(request: Request) -> str:
    return certificate_number(request.path_params["number"])


PERSONAL = {"cache-control": "private, no-store"}
