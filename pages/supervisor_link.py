"""The supervisor's page: opening it changes nothing, only its buttons do; by the link in a letter, or signed in."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from models.errors import NotAllowed, NotFound, Problems, WrongState
from models.texts import typed_id
from models.times import shown_day
from pages._devices import visitor_of
from pages._places import Who, plain
from pages._plain import render
from pages.sign_in import read_form
from services import programs, supervision_answers
from services.access import Actor
from services.supervision_answers import Answer, Changed
from services.supervision_sheets import Sheet


@dataclass(frozen=True)
class Way:
    """The deeds as this visitor does them: by a link, or as somebody signed in."""

    show: Callable[[], Sheet]
    answer: Callable[[Answer], None]
    refer: Callable[[str], None]
    renew: Callable[[], None] | None = None


@dataclass(frozen=True)
class Typed:
    """What came in by the form, to be given back with what is wrong with it."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""


@plain("/supervisor/{link}", who=Who.ANYONE)
async def supervisor_link(request: Request) -> Response:
    return _private(await asyncio.to_thread(_ask, request.scope["aspen_actor"], _by_link(request), Typed()))


@plain("/supervisor/{link}", who=Who.ANYONE, method="POST", most_bytes=256 * 1024)
async def answer_link(request: Request) -> Response:
    values = await read_form(request)
    return _private(await asyncio.to_thread(_take, request.scope["aspen_actor"], _by_link(request), values))


@plain("/supervisor/requests/{request_id}", who=Who.SIGNED_IN)
async def supervisor_request(request: Request) -> Response:
    return await asyncio.to_thread(_ask, request.scope["aspen_actor"], _by_account(request), Typed())


@plain("/supervisor/requests/{request_id}", who=Who.SIGNED_IN, method="POST", most_bytes=256 * 1024)
async def answer_request(request: Request) -> Response:
    values = await read_form(request)
    return await asyncio.to_thread(_take, request.scope["aspen_actor"], _by_account(request), values)


def _by_link(request: Request) -> Way:
    token, visitor, actor = request.path_params["link"], visitor_of(request), request.scope["aspen_actor"]
    return Way(
        lambda: supervision_answers.show(token),
        lambda said: supervision_answers.answer(token, said, visitor, actor),
        lambda note: supervision_answers.refer(token, note, visitor),
        lambda: supervision_answers.send_new_link(token),
    )


def _by_account(request: Request) -> Way:
    actor, visitor = request.scope["aspen_actor"], visitor_of(request)
    number = typed_id(request.path_params["request_id"]) or 0
    return Way(
        lambda: supervision_answers.show_own(actor, number),
        lambda said: supervision_answers.answer_own(actor, number, said, visitor),
        lambda note: supervision_answers.refer_own(actor, number, note, visitor),
    )


def _ask(actor: Actor | None, way: Way, typed: Typed) -> Response:
    try:
        sheet = way.show()
    except NotFound as refusal:
        if way.renew is None:
            raise
        return _told(actor, "This link does not work", [str(refusal)], status=404)
    except WrongState as refusal:
        return _over(actor, way, str(refusal))
    return _draw(actor, sheet, typed)


def _take(actor: Actor | None, way: Way, values: Mapping[str, str]) -> Response:
    try:
        title, sentences = _done(way, values)
    except Changed as refusal:
        return _ask(actor, way, Typed(values, sentence=str(refusal)))
    except Problems as refusal:
        return _ask(actor, way, Typed(values, refusal.by_field, "Nothing was sent yet: something is missing below."))
    except NotFound as refusal:
        if way.renew is None:
            raise
        return _told(actor, "This link does not work", [str(refusal)], status=404)
    except (WrongState, NotAllowed) as refusal:
        return _over(actor, way, str(refusal))
    return _told(actor, title, sentences)


def _done(way: Way, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """Does what was asked; returns what is told of it."""
    if values.get("deed") == "renew" and way.renew is not None:
        way.renew()
        return "A new link is on its way", ["Look into your mailbox: it comes to the same address."]
    if values.get("deed") == "refer":
        way.refer(values.get("note", ""))
        return "Thank you for telling us", ["The state library asks the right person now."]
    way.answer(_read(values))
    return "Thank you: your answer is recorded", DONE


def _read(values: Mapping[str, str]) -> Answer:
    """A credit is left out by its box, or by a reason that was written for it."""
    refused = {}
    for name, value in values.items():
        kind, _, number = name.partition("-")
        credit_id = typed_id(number) if kind in {"leave", "reason"} else None
        if credit_id and (kind == "leave" or value.strip()):
            refused[credit_id] = values.get(f"reason-{number}", "")
    return Answer(values.get("digest", ""), values.get("name", ""), refused)


def _draw(actor: Actor | None, sheet: Sheet, typed: Typed) -> Response:
    request, program = sheet.request, programs.current()
    return render(
        "supervisor.html",
        actor,
        title=f"Verify credits of {sheet.person}" if not typed.sentence else f"Problem: credits of {sheet.person}",
        current="/supervisor" if actor else "",
        status=422 if typed.problems else 200,
        sheet=sheet,
        name=typed.values.get("name", request.verifier_name),
        values=typed.values,
        problems=typed.problems,
        sentence=typed.sentence,
        until=shown_day(program.day_of(request.expires_at)),
        leaves=shown_day(request.until_on) if request.until_on else "",
        contact=program.settings,
    )


def _over(actor: Actor | None, way: Way, sentence: str) -> Response:
    """Answered, replaced, too late, or not hers to answer."""
    return render(
        "supervisor_over.html",
        actor,
        title="There is nothing to verify here",
        status=410,
        sentence=sentence,
        renew=way.renew is not None and "expired" in sentence,
        contact=programs.current().settings,
    )


def _told(actor: Actor | None, title: str, sentences: list[str], *, status: int = 200) -> Response:
    own = actor is not None
    return render(
        "message.html",
        actor,
        title=title,
        status=status,
        sentences=sentences,
        link_text="What waits for me" if own else "Go to the first page",
        link_href="/supervisor" if own else "/",
    )


def _private(answer: Response) -> Response:
    """The address is a secret, so it is not indexed; `same-origin`, as everywhere, tells it to no other site."""
    answer.headers["x-robots-tag"] = "noindex, nofollow"
    return answer


DONE = [
    "The state library goes on from here, and the person is told.",
    "You can close this page. The link in the letter has done its work.",
]
