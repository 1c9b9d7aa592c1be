"""A visit: one open window with the person in it, and how its handlers reach the services."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from urllib.parse import quote

from nicegui import Client, background_tasks, run, ui

from models.errors import LikelyDuplicate, NotAllowed, NotFound, Problems, Refusal, SignedOut
from pages._faults import apology, report
from pages._measures import route_of
from pages._rates import DEEDS
from services import installation, journal, sign_in, who_may
from services.access import Actor
from services.errands import errand
from services.live import Topic
from ui.form import Form
from ui.toast import Toast

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Visit:
    """Who opened this window, and the window's own toast. The person is asked for anew at every deed."""

    client: Client
    token: str | None
    opened_by: Actor | None
    toast: Toast
    query: Mapping[str, str]
    title: str = ""
    leaving: list[Callable[[], None]] = field(default_factory=list)
    in_order: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Deeds of one window are done in the order in which they came: a field that is left is kept before SAVE."""

    @property
    def actor(self) -> Actor:
        """Who was here when the page was drawn; rights are asked again by the services."""
        if self.opened_by is None:
            raise SignedOut
        return self.opened_by

    async def load(self, service: Callable[Concatenate[Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read something off the event loop, as the person of now. Refusals are raised."""
        fresh = not self.client.has_socket_connection
        actor, token = self.opened_by, self.token

        def call() -> T:
            acting = actor if fresh and actor else sign_in.who(token)
            who_may.require(acting, service)
            return service(acting, *args, **kwargs)

        return await _off_the_loop(call)

    async def read(self, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read something that anybody may read."""
        return await _off_the_loop(lambda: service(*args, **kwargs))

    async def act(self, service: Callable[Concatenate[Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> "Outcome[T]":
        """Do a deed off the event loop, as the person of now; a refusal or fault comes back as a sentence."""
        token = self.token
        if token and not installation.settings().demo and DEEDS.wait_for(token):
            return Outcome(sentence="That was more than we can do in a minute. Wait a little, then try again.")

        def call() -> T:
            acting = sign_in.who(token)
            who_may.require(acting, service)
            return service(acting, *args, **kwargs)

        async with self.in_order:
            with errand(route_of(self.client.sub_pages_router.current_path)):
                return await self._outcome(call)

    async def _outcome(self, call: Callable[[], T]) -> "Outcome[T]":
        try:
            return Outcome(value=await _off_the_loop(call), done=True)
        except SignedOut:
            ui.navigate.to(login_address(self.client.sub_pages_router.current_path))
            return Outcome(sentence="You are signed out.")
        except Refusal as refusal:
            if isinstance(refusal, NotFound | NotAllowed):
                journal.refused(type(refusal).__name__, self.opened_by.person_id if self.opened_by else None)
            return Outcome(sentence=str(refusal), refusal=refusal)
        except Exception as fault:  # whatever it is, the person gets an apology and the log the rest
            return Outcome(sentence=apology(report(fault)))

    def keep_fresh(self, topic: Topic, again: Callable[..., Awaitable[None]], *, key: object = None) -> None:
        """Call `again` whenever the topic speaks, until the person leaves this page."""
        frame = ui.context.slot.parent

        async def quietly(*facts: object) -> None:
            with suppress(Refusal):  # signed out meanwhile: the page is on its way to the sign-in
                await again(*facts)

        def heard(*facts: object) -> None:
            if not self.client.is_deleted and not frame.is_deleted:
                background_tasks.create(quietly(*facts), name="keep fresh", context=frame)

        stop = topic.subscribe(heard, key=key)
        self.client.on_delete(stop)
        self.leaving.append(stop)

    def leave_page(self) -> None:
        """The person moves on within the shell: what this page heard, it hears no longer."""
        for stop in self.leaving:
            stop()
        self.leaving.clear()

    def tell(self, outcome: "Outcome[Any]", form: Form | None = None) -> None:
        """Show a refusal: mistakes at their fields, anything else in the toast."""
        if form is not None and isinstance(outcome.refusal, Problems):
            form.show(outcome.refusal.by_field)
        elif not outcome.done and not isinstance(outcome.refusal, LikelyDuplicate):
            self.toast.say(outcome.sentence)


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of a deed: its value, or the sentence to tell."""

    value: T | None = None
    done: bool = False
    sentence: str = ""
    refusal: Refusal | None = None


async def _off_the_loop(call: Callable[[], T]) -> T:
    """NiceGUI answers None for what it did not finish while the app stops; here that cancels whoever waits for it."""
    answer = await run.io_bound(copy_context().run, lambda: (call(),))
    if answer is None:
        raise asyncio.CancelledError
    return answer[0]


def login_address(target: str) -> str:
    """The sign-in page, which leads back to `target`."""
    return f"/login?next={quote(target, safe='')}"
