"""All certificates for coordinators: found, looked at, and many of them downloaded as one ZIP."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from nicegui import background_tasks, events, ui

from models.times import shown_day
from pages._places import Who, page
from pages._visit import Visit
from services import certificate_files, certificate_pages
from services.certificate_files import MOST_IN_BUNDLE
from services.certificate_lists import CertificateLine
from services.certificate_pages import PAGE
from ui.fields import text_field
from ui.parts import chip, empty, esc
from ui.sections import box, button, heading, html
from ui.sections import page as column


@page("/review/certificates", who=Who.COORDINATOR, title="Certificates", nav="/review")
async def review_certificates_page(visit: Visit) -> None:
    lines, total = await visit.load(certificate_pages.newest)
    with column():
        heading("Certificates", back=("Review", "/review"), intro="The newest first.")
        CertificateWindow(visit).show(lines, total)


class CertificateWindow:
    """The list with its search, its page, and what is chosen on all its pages."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.text, self.typed, self.number = visit, "", "", 0
        self.lines: list[CertificateLine] = []
        self.chosen: dict[str, bool] = {}
        self.drawings = 0
        with box("certs-find"):
            find = text_field("Find", name="find", hint="Number, name or track")
        find.on_value_change(lambda event: self._type(event.value or ""))
        with box("deeds cert-deeds"):
            self.choose_all = button("Select all on this page", self._choose_all, size="small")
            self.choose_none = button("Clear", self._choose_none, kind="quiet", size="small")
            self.download = button("Download as ZIP", self._download, kind="main", size="small")
        self.state = html("")
        self.table = html("").mark("certificates").on("change", self._pick, js_handler=PICKED)
        with box("deeds") as self.paging:
            self.previous = button("Previous page", lambda: self._turn(-1))
            self.place = html("")
            self.following = button("Next page", lambda: self._turn(1))

    def show(self, lines: list[CertificateLine], total: int) -> None:
        self.lines = lines
        pages = max(1, -(-total // PAGE))
        self.place.set_content(f"<p>Page {self.number + 1} of {pages}, {total} certificates</p>")
        self.paging.set_visibility(pages > 1)
        self.previous.set_enabled(self.number > 0)
        self.following.set_enabled(self.number + 1 < pages)
        self._draw()

    def _draw(self) -> None:
        self.drawings += 1
        nothing = "No certificate fits these words." if self.text else "No certificate has been issued yet."
        self.table.set_content(_table(self.lines, self.chosen, self.drawings) if self.lines else str(empty(nothing)))
        self._tell()

    def _tell(self, sentence: str = "") -> None:
        """How many are chosen, or what is being done with them."""
        number = len(self.chosen)
        self.download.set_enabled(0 < number <= MOST_IN_BUNDLE)
        self.choose_none.set_visibility(number > 0)
        self.choose_all.set_enabled(any(line.number not in self.chosen for line in self.lines))
        if number > MOST_IN_BUNDLE:
            sentence = f"{number} selected. At most {MOST_IN_BUNDLE} fit into one ZIP."
        self.state.set_content(_state(sentence or f"{number} selected"))

    def _pick(self, event: events.GenericEventArguments) -> None:
        number, on = (*event.args, "", "")[:2] if isinstance(event.args, list) else ("", False)
        line = next((one for one in self.lines if one.number == number), None)
        if line is None:
            return
        if on:
            self.chosen[line.number] = line.drawn
        else:
            self.chosen.pop(line.number, None)
        self._tell()

    def _choose_all(self) -> None:
        self.chosen.update({line.number: line.drawn for line in self.lines})
        self._draw()

    def _choose_none(self) -> None:
        self.chosen.clear()
        self._draw()

    def _type(self, text: str) -> None:
        """Search when the person has stopped typing."""
        self.typed = text.strip()[:100]

        async def search(typed: str) -> None:
            await asyncio.sleep(0.3)
            if typed == self.typed and typed != self.text:
                self.text, self.number = typed, 0
                await self._reload()

        background_tasks.create(search(self.typed), name="search certificates")

    async def _turn(self, step: int) -> None:
        self.number = max(0, self.number + step)
        await self._reload()

    async def _reload(self) -> None:
        with self.visit.client:
            outcome = await self.visit.act(certificate_pages.newest, self.text, self.number)
            self.visit.tell(outcome)
            if outcome.value and not self.table.is_deleted:
                self.show(*outcome.value)

    async def _download(self) -> None:
        """Draws what has no PDF yet, one after another, then hands all out in one file."""
        numbers = dict(self.chosen)
        self.download.disable()
        failed: dict[str, str] = {}
        for done, (number, drawn) in enumerate(numbers.items()):
            if not drawn:
                self.state.set_content(_state(f"{done} of {len(numbers)} ready", done, len(numbers)))
                outcome: Any = await self.visit.act(certificate_files.pdf, number)
                if self.table.is_deleted:
                    return
                if outcome.done:
                    self.chosen[number] = True
                else:
                    failed[number] = outcome.sentence
        ready = [number for number in numbers if number not in failed]
        if ready:
            ui.download.from_url("/certificates.zip?" + urlencode({"numbers": ",".join(ready)}, safe=","))
        self._tell(_outcome(ready, failed))


def _outcome(ready: list[str], failed: dict[str, str]) -> str:
    counted = "1 certificate is" if len(ready) == 1 else f"{len(ready)} certificates are"
    told = f"{counted} in the ZIP." if ready else "No PDF could be made."
    if not failed:
        return told
    return f"{told} Left out, since the PDF could not be made yet: {', '.join(failed)}. {next(iter(failed.values()))}"


def _state(sentence: str, done: int = 0, of: int = 0) -> str:
    bar = f'<progress value="{done}" max="{of}" aria-label="PDFs ready">{esc(sentence)}</progress>' if of else ""
    return f'<div class="cert-zip" role="status"><p>{esc(sentence)}</p>{bar}</div>'


def _table(lines: list[CertificateLine], chosen: dict[str, bool], drawing: int) -> str:
    """`drawing` makes each markup new, so that the browser takes it even where only its own ticks differ."""
    rows = "".join(_row(line, picked=line.number in chosen) for line in lines)
    return (
        f'<div class="tb-wrap" data-drawing="{drawing}"><table class="tb tb--certs">'
        '<caption class="sr">Certificates, the newest first</caption><thead><tr>'
        '<th scope="col"><span class="sr">Select</span></th><th scope="col">Number</th><th scope="col">Name</th>'
        '<th scope="col" class="wide">Track</th><th scope="col" class="wide">Issued</th>'
        '<th scope="col" class="wide">Valid until</th><th scope="col">Standing</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(line: CertificateLine, *, picked: bool) -> str:
    number, name = esc(line.number), esc(line.name)
    issued = shown_day(line.issued_on)
    until = shown_day(line.due_on) if line.due_on else "no end"
    return (
        f'<tr><td class="pick"><label class="tick"><input type="checkbox" id="pick-{number}" value="{number}" '
        f'aria-label="Select: {number}, {name}"{" checked" if picked else ""}></label></td>'
        f'<td class="number nowrap"><a class="title" href="/certificates/{number}">{number}</a></td>'
        f'<td>{name}<p class="fold">{esc(line.track)}</p><p class="fold">{issued} to {until}</p></td>'
        f'<td class="wide">{esc(line.track)}</td><td class="wide nowrap">{issued}</td>'
        f'<td class="wide nowrap">{until}</td><td class="state">{chip(line.standing)}</td></tr>'
    )


PICKED = "(event) => emit(event.target.value, event.target.checked)"
