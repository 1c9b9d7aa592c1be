"""allocate: half-credits from categories to requirements, as many as possible (a maximum flow)."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Protocol

Flow = dict[tuple[str, str], int]


class Accepts(Protocol):
    def accepts(self, category: str) -> bool: ...


def allocate(
    supply: Mapping[str, int],
    demands: Sequence[tuple[str, int, Accepts]],
    start: Mapping[tuple[str, str], int] | None = None,
) -> Flow:
    """The flow by (category, requirement key) in half-credits; what `start` gave a requirement, it keeps.

    Requirements that come first are filled first where that costs nothing.
    """
    flow: Flow = dict(start or {})
    room = {
        key: wanted - sum(flow.get((category, key), 0) for category, other in flow if other == key)
        for key, wanted, _ in demands
    }
    for category, amount in supply.items():
        left = amount
        while left and (path := _path(category, demands, room, flow)):
            left -= _push(path, left, room, flow)
    return {edge: amount for edge, amount in flow.items() if amount}


def _path(
    origin: str, demands: Sequence[tuple[str, int, Accepts]], room: Mapping[str, int], flow: Flow
) -> list[tuple[str, str]] | None:
    """The shortest way to a requirement with room, as (category, key) steps; between two, a category moves over."""
    waiting: deque[tuple[str, list[tuple[str, str]]]] = deque([(origin, [])])
    seen = {origin}
    while waiting:
        category, steps = waiting.popleft()
        for key, _, requirement in demands:
            if not requirement.accepts(category):
                continue
            here = [*steps, (category, key)]
            if room[key] > 0:
                return here
            for other, other_key in list(flow):
                if other_key == key and flow[other, key] > 0 and other not in seen:
                    seen.add(other)
                    waiting.append((other, here))
    return None


def _push(path: list[tuple[str, str]], left: int, room: dict[str, int], flow: Flow) -> int:
    """Moves as much as the way carries; every category on it but the first gives up its place at the step before."""
    moved = [(path[step + 1][0], path[step][1]) for step in range(len(path) - 1)]
    amount = min(left, room[path[-1][1]], *(flow[edge] for edge in moved)) if moved else min(left, room[path[-1][1]])
    for edge in moved:
        flow[edge] -= amount
    for edge in path:
        flow[edge] = flow.get(edge, 0) + amount
    room[path[-1][1]] -= amount
    return amount
