"""The shell around NiceGUI's pages: drawn once, its middle changes as the person moves on."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import PageArguments, background_tasks, ui
from starlette.requests import Request

from models.errors import NotFound, Refusal, SignedOut
from pages._faults import report
from pages._frame import frame_of
from pages._guard import WELCOME
from pages._numbers import of_path
from pages._places import PLACES, Place, Who
from pages._plain import MESSAGES
from pages._visit import Visit, login_address
from services import live, sign_in
from ui import frame as parts
from ui.parts import esc
from ui.toast import Toast


async def shell(request: Request) -> None:
    """A full load: the answer waits until the first page is drawn, so that its status is real."""
    client = ui.context.client
    actor = request.scope.get("aspen_actor")
    with ui.header(fixed=False, elevated=False).classes("top"):
        header = ui.html("", sanitize=False)
    toast = Toast()
    visit = Visit(client, request.scope.get("aspen_token"), actor, toast, {})
    drawn = asyncio.get_running_loop().create_future()
    main = ui.element("div").classes("shell")
    ui.skip_link(target=main)
    with main:
        pages = Pages({place.path: _builder(place, visit, header, drawn) for place in PLACES if place.live})
    with ui.element("footer").classes("foot"):
        ui.html(parts.footer(frame_of(actor, "")), sanitize=False)
    if pages.has_404:
        drawn.set_result(None)
    await drawn
    if actor is not None:
        client.on_delete(live.session_ended.subscribe(lambda: _leave(visit), key=actor.token_hash))


class Pages(ui.sub_pages):
    """NiceGUI's sub pages with our own words for what is not there."""

    def _render_404(self) -> None:
        _message(404)
        ui.page_title(f"{MESSAGES[404][0]} · ASPeN Continuing Education")
        _move_focus()


def _builder(
    place: Place, visit: Visit, header: ui.html, drawn: asyncio.Future[None]
) -> Callable[..., Awaitable[None]]:
    async def build(arguments: PageArguments) -> None:
        first = not drawn.done()
        visit.leave_page()
        try:
            if not first:
                await _ask_again(visit, place)
            _draw_header(header, visit, place)
            if not place.who.admits(visit.opened_by):
                raise NotFound
            if _is_too_early(visit, place):
                ui.navigate.to(WELCOME)
                return
            visit.query, visit.title = dict(arguments.query_parameters), place.title
            numbers = {name: of_path(name, text) for name, text in arguments.path_parameters.items()}
            await place.draw(visit, **numbers)
        except SignedOut:
            ui.navigate.to(login_address(arguments.path))
        except Refusal as refusal:
            _fail(visit, arguments, 404, str(refusal))
        except Exception as fault:  # drawn as an apology, told to the log
            _fail(visit, arguments, 500, reference=report(fault))
        finally:
            ui.page_title(f"{visit.title} · ASPeN Continuing Education")
            if first:
                drawn.set_result(None)
            else:
                _move_focus()

    return build


async def _ask_again(visit: Visit, place: Place) -> None:
    """The page outlives its login: who is there now? Raises SignedOut where that is no longer enough."""
    if visit.token is not None:
        try:
            visit.opened_by = await asyncio.to_thread(sign_in.who, visit.token)
        except SignedOut:
            visit.opened_by = None
    if visit.opened_by is None and place.who is not Who.ANYONE:
        raise SignedOut


def _is_too_early(visit: Visit, place: Place) -> bool:
    """Somebody new tells first who she is."""
    return bool(visit.opened_by and visit.opened_by.is_new and place.who is not Who.ANYONE and place.path != WELCOME)


def _draw_header(header: ui.html, visit: Visit, place: Place) -> None:
    frame = frame_of(visit.opened_by, place.nav)
    header.set_content(parts.banner(frame) + parts.header(frame))


def _fail(visit: Visit, arguments: PageArguments, status: int, sentence: str = "", reference: str = "") -> None:
    arguments.frame.clear()
    visit.client.status_code = status
    visit.title = MESSAGES[status][0]
    with arguments.frame:
        _message(status, sentence, reference)


def _message(status: int, sentence: str = "", reference: str = "") -> None:
    title, sentences = MESSAGES[status]
    told = [sentence, *sentences[1:]] if sentence else [part.format(reference=reference) for part in sentences]
    with ui.element("div").classes("page message"):
        ui.html(f"<h1>{esc(title)}</h1>" + "".join(f"<p>{esc(part)}</p>" for part in told), sanitize=False)
        ui.html('<p><a class="btn btn--plain" href="/ce">Go to the Control Panel</a></p>', sanitize=False)


def _move_focus() -> None:
    """A screen reader hears the new page's heading; focus stays where a page has put it already."""
    ui.run_javascript(
        "requestAnimationFrame(() => { const h = document.querySelector('h1');"
        " if (h && !document.activeElement.closest('.shell')) { h.tabIndex = -1; h.focus({preventScroll: true}); } })"
    )


def _leave(visit: Visit) -> None:
    async def go() -> None:
        await asyncio.sleep(0.5)  # the tab that signed out is on its way already
        with visit.client:
            ui.navigate.to("/login")

    if not visit.client.is_deleted:
        background_tasks.create(go(), name="leave after sign-out")
