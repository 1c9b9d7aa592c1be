"""A participation's record in words: where each credit counts, what is met, and which steps are done."""

from collections.abc import Iterable, Mapping

from models.credits import counted_credits, shown_credits
from models.duplicates import Likeness
from models.evaluation import Evaluation, Met
from models.participations import Participation, ParticipationStatus
from models.times import shown_day
from pages._words import day_of, in_program_zone
from services import programs
from services.records import CreditRow
from ui.parts import chip, duplicate_note, empty, esc
from ui.tables import table


def credit_by_credit(
    rows: Iterable[CreditRow], found: Evaluation, duplicates: Mapping[int, Likeness] | None = None
) -> str:
    """Each credit with where it counts or why it does not."""
    shown = [row for row in rows if row.id in found.credits]
    if not shown:
        return str(empty("No credit yet."))
    body = [_row(row, found, (duplicates or {}).get(row.claim_id or 0)) for row in shown]
    columns = {"Event": "", "Credits": "n", "Status": "", "Counts for": ""}
    return table("Where each credit counts", columns, body)


def met_sentences(found: Evaluation) -> str:
    """What is met and what is missing, a sentence for each requirement."""
    items = "".join(
        f"<li>{chip('Met' if met.missing <= 0 else 'Missing')} "
        f"<span>{esc(_met(met.requirement.label, met))}</span></li>"
        for met in found.requirements
    )
    return f'<ul class="lines lines--met">{items}</ul>'


def steps(one: Participation, certificate: str | None) -> str:
    """Submitted, reviewed, verified, issued: what is done and when, what comes next."""
    program = programs.current()
    done = {"review": one.reviewed_at, "verification": one.verified_at}
    names = {"review": "The coordinator’s review", "verification": "The supervisor’s verification"}
    lines = [("Submitted", one.submitted_at)] + [(names[step], done[step]) for step in program.settings["steps"]]
    items = []
    waits = True
    for name, moment in lines:
        if moment is not None:
            items.append(f"<li>{chip('Done')} <span>{esc(name)}, {esc(in_program_zone(moment))}</span></li>")
        else:
            items.append(f"<li>{chip('Next' if waits else 'Later')} <span>{esc(name)}</span></li>")
            waits = False
    if certificate and one.issued_on:
        link = f'<a href="/certificates/{esc(certificate)}">{esc(certificate)}</a>'
        items.append(f"<li>{chip('Issued')} <span>Certificate {link}, {shown_day(one.issued_on)}</span></li>")
    elif one.status != ParticipationStatus.ISSUED:
        items.append(f"<li>{chip('Later')} <span>The certificate, at once after the last step</span></li>")
    return f'<ol class="lines lines--met">{"".join(items)}</ol>'


def _row(row: CreditRow, found: Evaluation, like: Likeness | None) -> str:
    note = str(duplicate_note(like.why)) if like else ""
    return (
        f'<tr><td class="cell-main">{esc(row.title)}<p class="second">{esc(day_of(row))}</p>{note}</td>'
        f'<td class="n" data-label="Credits">{shown_credits(row.credits)}</td>'
        f'<td class="state">{chip(row.status)}</td><td data-label="Counts for">{_where(row, found)}</td></tr>'
    )


def _where(row: CreditRow, found: Evaluation) -> str:
    counted = found.credits[row.id]
    where = "; ".join(f"{shown_credits(value)} toward {label}" for label, value in counted.where.items())
    return esc(" ".join(part for part in (where + "." if where else "", counted.why_not) if part))


def _met(label: str, met: Met) -> str:
    if met.missing > 0:
        return f"{label}: {counted_credits(met.missing)} missing of {shown_credits(met.needed)}.{_waived(met)}"
    pending = f", {shown_credits(met.pending)} of them pending" if met.pending else ""
    return f"{label}: {counted_credits(met.needed)}{pending}.{_waived(met)}"


def _waived(met: Met) -> str:
    return f" {counted_credits(met.waived)} waived: {met.waived_because}" if met.waived else ""
