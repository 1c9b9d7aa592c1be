"""Every route states who may open it; what states nothing is not there."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.routing import compile_path

from services.who_may import Who

__all__ = ["PLACES", "Draw", "Place", "Who", "in_order", "page", "place_of", "plain"]

MOST_BYTES = 64 * 1024
"""Of a form, where its place says nothing else."""
Draw = Callable[..., Awaitable[object]]


@dataclass(frozen=True)
class Place:
    """A route with its rule. Live places are drawn by NiceGUI in the shell, plain ones answer by themselves."""

    path: str
    who: Who
    draw: Draw
    title: str = ""
    nav: str = ""
    method: str = "GET"
    live: bool = False
    most_bytes: int = MOST_BYTES

    @property
    def pattern(self) -> re.Pattern[str]:
        return compile_path(self.path)[0]


PLACES: list[Place] = []


def in_order() -> list[Place]:
    """Plain routes first: `/certificates/{number}.pdf` would also fit the page `/certificates/{number}`."""
    return sorted(PLACES, key=lambda place: place.live)


def page(path: str, *, who: Who, title: str, nav: str = "") -> Callable[[Draw], Draw]:
    """A page of the shell: `draw(visit, **numbers of the path)`; `nav` is the entry that is marked as current."""

    def register(draw: Draw) -> Draw:
        PLACES.append(Place(path, who, draw, title, nav or path, live=True))
        return draw

    return register


def plain(path: str, *, who: Who, method: str = "GET", most_bytes: int = MOST_BYTES) -> Callable[[Draw], Draw]:
    """A route outside the shell: a plain page, a file or a form's answer to at most so many bytes."""

    def register(draw: Draw) -> Draw:
        PLACES.append(Place(path, who, draw, method=method, most_bytes=most_bytes))
        return draw

    return register


def place_of(path: str, method: str) -> Place | None:
    """The place that this request is for; HEAD counts as GET."""
    method = "GET" if method == "HEAD" else method
    found = (place for place in _patterns() if place[0].method == method and place[1].match(path))
    return next((place for place, _ in found), None)


def _patterns() -> list[tuple[Place, re.Pattern[str]]]:
    if len(_compiled) != len(PLACES):
        _compiled[:] = [(place, place.pattern) for place in in_order()]
    return _compiled


_compiled: list[tuple[Place, re.Pattern[str]]] = []
