"""Documents: a form's file comes in, and goes out as a file that no browser runs."""

import asyncio
import contextvars
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from typing import IO
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from models.documents import Document
from models.errors import Problems, WrongState
from pages._downloads import attachment
from pages._numbers import number
from pages._places import Who, plain
from pages._plain import render
from pages.sign_in import own_path
from services import documents
from services.access import Actor
from services.document_check import AT_ONCE, MOST_BYTES, too_long

AROUND = 64 * 1024
"""Bytes that a form may have beside its file."""
LOCKED_UP = {
    "cache-control": "private, no-store",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
_workers = ThreadPoolExecutor(AT_ONCE, "documents")
"""Looking through files takes long: it may not take the threads of everything else."""


@plain("/documents", who=Who.SIGNED_IN, method="POST", most_bytes=MOST_BYTES + AROUND)
async def hand_in(request: Request) -> Response:
    """A form with `file`, `purpose` and, by a coordinator, `person`. Leads back to the form's page.

    Whoever accepts JSON gets the document's `id`, or `problems` by field.
    """
    actor = request.scope["aspen_actor"]
    try:
        form = await _read_form(request)
    except _TooLong:
        return _refused(request, {"file": too_long()}, 413)
    except MultiPartException:
        return _refused(request, {"file": NO_FORM}, 400)
    try:
        document = await _keep(actor, form)
    except Problems as problems:
        return _refused(request, problems.by_field, 422)
    finally:
        await form.close()
    if _wants_json(request):
        return JSONResponse({"id": document.id, "name": document.name, "size": document.size}, 201)
    return RedirectResponse(_back(request), 303)


@plain("/documents/{document_id}", who=Who.SIGNED_IN)
async def document_file(request: Request) -> Response:
    actor, document_id = request.scope["aspen_actor"], number(request.path_params["document_id"])
    try:
        found = await asyncio.to_thread(documents.open_one, actor, document_id)
    except WrongState as refusal:
        return _told(actor, "This file cannot be opened", [str(refusal)], "/ce", 500)
    return Response(found.body, media_type=found.media_type, headers=LOCKED_UP | attachment(found.name))


@plain("/documents/{document_id}/view", who=Who.COORDINATOR)
async def document_view(request: Request) -> Response:
    """A picture of the file, whatever it is."""
    actor, document_id = request.scope["aspen_actor"], number(request.path_params["document_id"])
    run = asyncio.get_running_loop().run_in_executor
    try:
        found = await run(_workers, documents.view_one, actor, document_id)
    except WrongState as refusal:
        return _told(actor, "This file cannot be shown", [str(refusal)], "/review", 500)
    return Response(found.body, media_type=found.media_type, headers=LOCKED_UP)


class _TooLong(MultiPartException):
    pass


async def _read_form(request: Request) -> FormData:
    """Files go to the disk as they come; counted while they come, whatever the request says of its length."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise MultiPartException("no form with a file")
    return await MultiPartParser(request.headers, _counted(request), max_files=1, max_fields=8).parse()


async def _counted(request: Request) -> AsyncGenerator[bytes, None]:
    came = 0
    try:
        async for part in request.stream():
            came += len(part)
            if came > MOST_BYTES + AROUND:
                raise _TooLong("too long")
            yield part
    except ClientDisconnect as gone:
        raise MultiPartException("gone") from gone


async def _keep(actor: Actor, form: FormData) -> Document:
    file, person = form.get("file"), form.get("person")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Problems({"file": "Choose a file."})
    person_id = number(person) if isinstance(person, str) and person else actor.person_id
    purpose, name, stored = str(form.get("purpose") or ""), file.filename, file.file
    deed = contextvars.copy_context().run
    return await asyncio.get_running_loop().run_in_executor(
        _workers, deed, _read_and_keep, actor, person_id, purpose, name, stored
    )


def _read_and_keep(actor: Actor, person_id: int, purpose: str, name: str, stored: IO[bytes]) -> Document:
    stored.seek(0)
    return documents.keep(actor, person_id, purpose, name, stored.read(MOST_BYTES + 1))


def _refused(request: Request, problems: dict[str, str], status: int) -> Response:
    if _wants_json(request):
        return JSONResponse({"problems": problems}, status)
    actor = request.scope["aspen_actor"]
    return _told(actor, "The file was not taken", list(problems.values()), _back(request), status)


def _told(actor: Actor, title: str, sentences: list[str], href: str, status: int) -> Response:
    return render(
        "message.html", actor, title=title, status=status, sentences=sentences, link_text="Go back", link_href=href
    )


def _back(request: Request) -> str:
    """The page that the form stands on."""
    parts = urlsplit(request.headers.get("referer", ""))
    path = parts.path if parts.netloc == request.headers.get("host") else ""
    return own_path(f"{path}?{parts.query}" if parts.query else path) or "/ce"


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


NO_FORM = "Nothing came that could be read as a form with a file. Choose the file again."
