"""Edit CE Credits: every credit with its state, what it counts for, and the totals."""

from models.credits import CreditStatus, shown_credits
from models.times import shown_day
from pages._places import Who, page
from pages._visit import Visit
from pages._words import day_of
from services import credits, live
from services.credits import CreditList, Listed, Total
from ui.fields import choice_field
from ui.parts import chip, duplicate_note, empty, esc
from ui.sections import box, button, heading, html, section
from ui.sections import page as column
from ui.tables import table


@page("/ce/credits", who=Who.SIGNED_IN, title="Edit CE Credits", nav="/ce")
async def credits_page(visit: Visit) -> None:
    found = await visit.load(credits.listing)
    with column():
        heading("Edit CE Credits", back=("Continuing Education Control Panel", "/ce"))
        saved = _saved(visit, found)
        html(f'<div role="status" class="saved">{saved}</div>')
        CreditsView(visit, found)


class CreditsView:
    """The list with its filters; brought up to date when a coordinator decides."""

    def __init__(self, visit: Visit, found: CreditList) -> None:
        self.visit = visit
        self.warning = html("")
        with box("toolbar"):
            periods = {"": "All periods", **found.periods, "none": "Not counted"}
            self.period = choice_field("Period", name="period", options=periods, on_change=self._filter)
            statuses = {"": "All but withdrawn", **{status.value: status.value for status in CreditStatus}}
            self.status = choice_field("Approval status", name="status", options=statuses, on_change=self._filter)
        self.table = html("")
        self.most = PAGE
        self.more = button(f"Show {PAGE} more", self._show_more)
        with section("Credit totals by category"):
            self.totals = html("")
        html('<p class="deeds"><a class="btn btn--main" href="/ce/credits.xlsx">Export CE Credits to Excel</a></p>')
        self.show(found)
        visit.keep_fresh(live.record_changed, self.again, key=visit.actor.person_id)

    def show(self, found: CreditList) -> None:
        twins = sum(1 for one in found.listed if one.duplicate)
        self.warning.set_content(_warning(twins))
        filtered = bool(self.period.value or self.status.value)
        self.table.set_content(credit_table(found.listed[: self.most]) if found.listed else _nothing(filtered))
        self.more.set_visibility(len(found.listed) > self.most)
        self.totals.set_content(totals_table(found.totals))

    async def again(self) -> None:
        with self.visit.client:
            self.show(
                await self.visit.load(credits.listing, period=self.period.value or "", status=self.status.value or "")
            )

    async def _show_more(self) -> None:
        self.most += PAGE
        await self.again()

    async def _filter(self, _value: str) -> None:
        self.most = PAGE
        await self.again()


PAGE = 60


def credit_table(listed: list[Listed], *, href: str = "/ce/credits/") -> str:
    """One row a credit, as a table from 600 px up and as a list below."""
    rows = [_row(one, href) for one in listed]
    columns = {"Event": "", "Date": "wide", "Category": "wide", "Credits": "n", "Status": "", "Expires": "wide"}
    return table("Credits, the newest event first", columns, rows, kind="credits")


def totals_table(totals: list[Total]) -> str:
    """Credits by category and status."""
    rows = "".join(
        f'<tr><th scope="row">{esc(one.category)}</th>'
        f'<td class="n" data-label="Approved">{shown_credits(one.approved)}</td>'
        f'<td class="n" data-label="Pending">{shown_credits(one.pending)}</td>'
        f'<td class="n" data-label="Declined">{shown_credits(one.declined)}</td></tr>'
        for one in totals
    )
    sums = [
        sum((getattr(one, name) for one in totals), totals[0].approved * 0)
        for name in ("approved", "pending", "declined")
    ]
    cells = "".join(f'<td class="n">{shown_credits(value)}</td>' for value in sums)
    return (
        '<div class="tb-wrap"><table class="tb tb--sums"><thead><tr><th scope="col">CE Category</th>'
        '<th scope="col" class="n">APPROVED</th><th scope="col" class="n">PENDING</th>'
        f'<th scope="col" class="n">DECLINED</th></tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">All categories</th>{cells}</tr></tfoot></table></div>'
    )


def _row(one: Listed, href: str) -> str:
    row = one.row
    title = esc(row.title)
    name = f'<a class="title" id="credit-{row.id}" href="{href}{row.claim_id}">{title}</a>' if row.claim_id else title
    unit = "credit" if row.credits == 1 else "credits"
    expires = shown_day(one.expires_on).partition(", ")[2]
    kind = ' class="duplicate"' if one.duplicate else ""
    return (
        f'<tr{kind}><td>{name}<p class="fold">{esc(day_of(row))} · {esc(one.category)} · expires {expires}</p>'
        f'{_notes(one)}</td><td class="wide nowrap">{esc(day_of(row))}</td><td class="wide">{esc(one.category)}</td>'
        f'<td class="n" data-unit="{unit}">{shown_credits(row.credits)}</td><td class="state">{chip(row.status)}</td>'
        f'<td class="wide nowrap">{expires}</td></tr>'
    )


def _notes(one: Listed) -> str:
    """What stands under the title: sponsor, where it counts or why not, a coordinator's words, a likeness."""
    row = one.row
    seconds = [row.sponsor, one.counts_for]
    if row.status in {CreditStatus.PENDING, CreditStatus.APPROVED}:
        seconds.append(one.why_not)
    if row.entered_reason:
        seconds.append(f"Entered or corrected by the coordinator: {row.entered_reason}")
    notes = [f'<p class="second">{esc(text)}</p>' for text in seconds if text]
    if row.status == CreditStatus.DECLINED:
        notes.append(f'<p class="reason">Declined: {esc(row.reason)}</p>')
    if one.duplicate:
        notes.append(str(duplicate_note(one.duplicate.why)))
    return "".join(notes)


def _saved(visit: Visit, found: CreditList) -> str:
    """What SAVE came to, said once on arrival."""
    claim_id = visit.query.get("saved", "")
    row = next((one.row for one in found.listed if str(one.row.claim_id) == claim_id), None)
    if row is None:
        return ""
    return (
        f'<p class="notice notice--done">Saved: “{esc(row.title)}” stands in your list as {esc(row.status)}. '
        "The coordinator sees it now.</p>"
    )


def _warning(twins: int) -> str:
    if not twins:
        return ""
    what = "One credit looks" if twins == 1 else f"{twins} credits look"
    return (
        f'<p class="notice notice--dup"><strong>{what} like a duplicate.</strong> '
        "Withdraw it while it is pending, or tell the coordinator why it is not.</p>"
    )


def _nothing(filtered: bool) -> str:
    if filtered:
        return str(empty("No credit fits these filters."))
    return str(
        empty(
            "Nothing is in your list yet. Claim an event that you attended.",
            '<a class="btn btn--main" href="/ce#claim">Claim an event</a>',
        )
    )
