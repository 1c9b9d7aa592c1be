"""How far somebody is on a track: a figure, a bar, and a row for each requirement."""

from dataclasses import dataclass
from itertools import count

from markupsafe import Markup

_numbers = count(1)


@dataclass(frozen=True)
class Requirement:
    """One requirement of a track; shares are parts of what is needed, from 0 to 1."""

    label: str
    needed: str
    earned: str
    pending: str
    missing: str
    earned_share: float
    pending_share: float
    complete: bool
    sentence: str


@dataclass(frozen=True)
class Progress:
    """All requirements of a track together; `due` may be empty; `waiting` is what the hatched part is called."""

    track: str
    needed: str
    earned: str
    pending: str
    missing: str
    earned_share: float
    pending_share: float
    due: str
    requirements: tuple[Requirement, ...]
    sentence: str
    waiting: str = "pending"


def progress(p: Progress, *, title: str = "") -> Markup:
    """The drawing: settled is filled, pending is hatched, missing is empty; a title becomes an h3."""
    hatch = f"hatch-{next(_numbers)}"
    big = _bar(p.earned_share, p.pending_share, hatch, p.sentence, big=True)
    rows = Markup("").join(_row(requirement, hatch, p.waiting) for requirement in p.requirements)
    needs = Markup('<ul class="needs">{}</ul>').format(rows) if rows else Markup("")
    heading = Markup('<h3 class="progress-title">{}</h3>').format(title) if title else Markup("")
    drawn = Markup("").join([heading, _pattern(hatch), _head(p), big, _legend(p, hatch), needs])
    return Markup('<div class="progress">{}</div>').format(drawn)


def progress_table(p: Progress) -> Markup:
    """The same numbers as a table."""
    columns = ("Requirement", "Needed", "Earned", "Pending", "Missing")
    head = Markup('<th scope="col">{}</th>').format(columns[0]) + Markup("").join(
        Markup('<th scope="col" class="n">{}</th>').format(column) for column in columns[1:]
    )
    body = Markup("").join(_cells(r.label, r.needed, r.earned, r.pending, r.missing) for r in p.requirements)
    foot = _cells("All credits", p.needed, p.earned, p.pending, p.missing)
    return Markup(
        '<table class="tb tb--sums"><caption>{}: credits by requirement</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody><tfoot>{}</tfoot></table>"
    ).format(p.track, head, body, foot)


def _head(p: Progress) -> Markup:
    unit = "credit" if p.needed == "1" else "credits"
    figure = Markup('<p><span class="progress-figure">{}</span> of {} {} earned</p>').format(p.earned, p.needed, unit)
    due = Markup("<p>Due <strong>{}</strong></p>").format(p.due) if p.due else ""
    return Markup('<div class="progress-head">{}{}</div>').format(figure, due)


def _legend(p: Progress, hatch: str) -> Markup:
    """The bar says the same in its sentence, so the legend is for the eyes only."""
    entries = [("earned", p.earned, (1.0, 0.0))]
    if _some(p.pending):
        entries.append((p.waiting, p.pending, (0.0, 1.0)))
    entries.append(("missing", p.missing or "0", (0.0, 0.0)))
    items = Markup("").join(
        Markup("<li>{}{} {}</li>").format(_swatch(*shares, hatch), amount, word) for word, amount, shares in entries
    )
    return Markup('<ul class="legend" aria-hidden="true">{}</ul>').format(items)


def _row(r: Requirement, hatch: str, waiting: str) -> Markup:
    bar = _bar(r.earned_share, r.pending_share, hatch, r.sentence)
    return Markup('<li class="need"><span class="need-name">{}</span>{}{}</li>').format(r.label, bar, _sum(r, waiting))


def _sum(r: Requirement, waiting: str) -> Markup:
    if r.complete:
        rest = Markup('<span class="need-done">Complete</span>')
    elif _some(r.missing):
        rest = Markup('<span class="need-left">{} missing</span>').format(r.missing)
    else:
        rest = Markup('<span class="need-left">{} {}</span>').format(r.pending, waiting)
    text = Markup("<span><strong>{}</strong> of {}</span> · {}").format(r.earned, r.needed, rest)
    return Markup('<span class="need-sum" aria-hidden="true">{}</span>').format(text)


def _bar(earned: float, pending: float, hatch: str, sentence: str, *, big: bool = False) -> Markup:
    kind = "bar bar--big" if big else "bar"
    return Markup('<svg class="{}" role="img" aria-label="{}">{}</svg>').format(
        kind, sentence, _filling(earned, pending, hatch)
    )


def _swatch(earned: float, pending: float, hatch: str) -> Markup:
    return Markup('<svg class="swatch">{}</svg>').format(_filling(earned, pending, hatch))


def _filling(earned: float, pending: float, hatch: str) -> Markup:
    done = min(max(earned, 0.0), 1.0)
    waiting = min(max(pending, 0.0), 1.0 - done)
    drawn = Markup("")
    if waiting:
        drawn += Markup('<rect x="{0}" width="{1}" height="100%" fill="url(#{2})"/>').format(
            _percent(done), _percent(waiting), hatch
        )
        end = _percent(done + waiting)
        drawn += Markup('<line class="bar-edge" x1="{0}" x2="{0}" y1="0" y2="100%"/>').format(end)
    if done:
        drawn += Markup('<rect class="bar-earned" width="{}" height="100%"/>').format(_percent(done))
    return drawn


def _pattern(hatch: str) -> Markup:
    return Markup(
        '<svg class="hatch" width="0" height="0" aria-hidden="true"><defs><pattern id="{}" width="7" height="7" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/>'
        '<line class="hatch-line" x1="2" x2="2" y1="0" y2="7"/></pattern></defs></svg>'
    ).format(hatch)


def _cells(label: str, *amounts: str) -> Markup:
    cells = Markup("").join(Markup('<td class="n">{}</td>').format(amount or "0") for amount in amounts)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(label, cells)


def _percent(share: float) -> str:
    return f"{share * 100:.4g}%"


def _some(amount: str) -> bool:
    return amount not in ("", "0")
