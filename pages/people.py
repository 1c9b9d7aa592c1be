"""One person's whole record and its history, for coordinators."""

from models.credits import CreditStatus
from models.participations import ParticipationStatus
from pages._history import history_list
from pages._places import Who, page
from pages._visit import Visit
from pages._words import progress_of
from pages.credits import credit_table, totals_table
from pages.user import certificate_list, position_days
from services import credits, live, people, programs, review
from services.credits import CreditList
from services.people import WholeRecord
from ui.dialogs import ReasonDialog
from ui.fields import choice_field
from ui.parts import chip, empty, esc, facts
from ui.progress import progress
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/people/{person_id}", who=Who.COORDINATOR, title="Record", nav="/review")
async def person_page(visit: Visit, person_id: int) -> None:
    record = await visit.load(people.whole_record, person_id)
    listed = await visit.load(credits.listing, person_id=person_id)
    visit.title = record.person.name
    with column():
        heading(record.person.name, back=("Review", "/review"), intro=_where(record))
        with box("deeds"):
            if not record.is_own:
                html(f'<a class="btn btn--plain" href="/people/{person_id}/credits/new">Enter a credit</a>')
            html(f'<a class="btn btn--plain" href="/people/{person_id}/credits.xlsx">Export CE Credits to Excel</a>')
        RecordView(visit, person_id, record, listed)


class RecordView:
    """The record; brought up to date at every change of it."""

    def __init__(self, visit: Visit, person_id: int, record: WholeRecord, listed: CreditList) -> None:
        self.visit, self.person_id = visit, person_id
        with section("Person"):
            self.facts = html("")
        with section("Tracks"):
            self.tracks = html("")
        with section("Certificates"):
            self.certificates = html("")
        with section("Credits"):
            self.table = html("")
            self._draw_reopen(record)
        with section("Credit totals by category"):
            self.totals = html("")
        with section("History", intro="Who did what, newest first."):
            self.history = html("")
        self.show(record, listed)
        visit.keep_fresh(live.record_changed, self.again, key=person_id)

    def show(self, record: WholeRecord, listed: CreditList) -> None:
        person = record.person
        rows = [("E-mail", person.email or "not given"), ("Phone", person.phone or "not given")]
        rows += [(at.kind.capitalize(), f"{at.library}, {position_days(at)}") for at in record.positions]
        self.facts.set_content(str(facts(rows)))
        self.tracks.set_content(_tracks(record))
        self.certificates.set_content(certificate_list(record.certificates) or str(empty("No certificate yet.")))
        href = f"/people/{self.person_id}/credits/"
        self.table.set_content(
            credit_table(listed.listed, href=href) if listed.listed else str(empty("No credits yet."))
        )
        self.totals.set_content(totals_table(listed.totals))
        self.history.set_content(history_list(record.history))
        self.decided.set_options(_decided(record))
        self.reopening.set_visibility(bool(_decided(record)) and not record.is_own)

    async def again(self) -> None:
        with self.visit.client:
            record = await self.visit.load(people.whole_record, self.person_id)
            self.show(record, await self.visit.load(credits.listing, person_id=self.person_id))

    def _draw_reopen(self, record: WholeRecord) -> None:
        self.dialog = ReasonDialog()
        with box("toolbar") as self.reopening:
            self.decided = choice_field(
                "Decided entry", name="decided", options=_decided(record), value=next(iter(_decided(record)), "")
            )
            button("Reopen", self._reopen)

    async def _reopen(self) -> None:
        claim_id = int(self.decided.value or 0)

        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(review.reopen, claim_id, reason)
            return None if outcome.done else outcome.sentence

        if claim_id and await self.dialog.settle(
            "Reopen this entry?", deed, deed="Reopen", hint="It becomes PENDING again. The person reads the reason."
        ):
            self.visit.toast.say("Reopened. It waits in the queue again.")


def _where(record: WholeRecord) -> str:
    return "; ".join(
        f"{at.title or at.kind.capitalize()}, {at.library}" for at in record.positions if at.ends_on is None
    )


def _decided(record: WholeRecord) -> dict[str, str]:
    decided = {CreditStatus.APPROVED, CreditStatus.DECLINED}
    return {
        str(row.claim_id): f"{row.title} ({row.status})"
        for row in record.rows
        if row.status in decided and row.claim_id
    }


def _tracks(record: WholeRecord) -> str:
    if not record.participations:
        return str(empty("No track taken up."))
    program = programs.current()
    parts = []
    for one, found in record.participations:
        name = program.versions[one.track_version_id].track_name
        title = f'<h3><a href="/ce/tracks/{one.id}">{esc(name)}</a> {chip(one.shown_status(program.today()))}</h3>'
        bars = str(progress(progress_of(one, name, found))) if one.is_open else ""
        if one.status == ParticipationStatus.SUBMITTED and not record.is_own:
            bars += f'<p><a class="btn btn--plain" href="/review/records/{one.id}">Review: {esc(name)}</a></p>'
        parts.append(f'<div class="track">{title}{bars}</div>')
    return "".join(parts)
