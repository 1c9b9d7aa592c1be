"""What a figure is, and how figures are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """The median of several runs against its bound; without a bound it is only reported."""

    name: str
    runs: Sequence[float]
    unit: str
    method: str
    bound: float | None = None
    at_least: bool = False

    @property
    def value(self) -> float:
        return median(self.runs)

    @property
    def is_missed(self) -> bool:
        if self.bound is None:
            return False
        return self.value < self.bound if self.at_least else self.value > self.bound

    def cells(self) -> tuple[str, ...]:
        """Name, bound, median, spread, verdict, method."""
        bound = f"{'≥' if self.at_least else '≤'} {number(self.bound)}" if self.bound is not None else ""
        spread = f"{number(min(self.runs))} to {number(max(self.runs))}" if len(self.runs) > 1 else ""
        return (self.name, bound, f"{number(self.value)} {self.unit}".strip(), spread, self.verdict(), self.method)

    def verdict(self) -> str:
        if self.bound is None:
            return "reported"
        if not self.is_missed:
            return "met"
        return f"MISSED by {abs(self.value - self.bound) / self.bound:.0%}" if self.bound else "MISSED"


def number(value: float) -> str:
    """Three figures that count."""
    if value == 0 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def show(figures: Iterable[Figure]) -> str:
    """One table."""
    rows = [("figure", "bound", "median", "spread", "verdict", "method"), *(figure.cells() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
