"""One certificate: what it says, how it stands today, its PDF, and how it is corrected or revoked."""

from nicegui import ui

from models.certificates import shown_code
from models.errors import Refusal
from models.times import shown_day
from pages._certificate_changes import CertificateChanges
from pages._certificate_words import lines_table, standing_notice, standing_words, stripe, track_words
from pages._history import draw_history
from pages._places import Who, page
from pages._visit import Visit
from services import certificate_files, certificate_pages, live
from services.certificate_pages import CertificatePage
from ui.certificate import STYLE_URL, certificate_html
from ui.parts import esc, facts, link, notice
from ui.sections import box, button, heading, html, section
from ui.sections import page as column

LOOK_AGAIN = 2.0


@page("/certificates/{number}", who=Who.SIGNED_IN, title="Certificate", nav="/user")
async def certificate_page(visit: Visit, number: str) -> None:
    found = await visit.load(certificate_pages.show, number)
    person_id = found.certificate.person_id
    visit.title = f"Certificate {number}"
    with column():
        back = ("ASPeN User page", "/user") if found.is_own else (found.document["name"], f"/people/{person_id}")
        heading(number, back=back)
        view = CertificateView(visit, found)
        visit.keep_fresh(live.record_changed, view.again, key=person_id)
        await draw_history(visit, "certificate", found.certificate.id or 0)


class CertificateView:
    """The page of one certificate; `show` brings it up to date without touching the form of a correction."""

    def __init__(self, visit: Visit, found: CertificatePage) -> None:
        self.visit, self.number = visit, found.certificate.number
        self.told = html("")
        with box("columns cert-columns"):
            with box("col-main"):
                with box("sheet cert-status"):
                    self.status = html(_status(self.number))
                    self._draw_file()
                self.facts = html("")
                with section("What the track asked for"):
                    self.lines = html("")
            with box("col-right"):
                self.preview = html("")
        self.changes = CertificateChanges(visit, found) if visit.actor.is_coordinator and not found.is_own else None
        self.show(found)
        self.timer = ui.timer(LOOK_AGAIN, self._look_again, active=found.file.body is None)

    def show(self, found: CertificatePage) -> None:
        self.told.set_content(standing_notice(found))
        self.facts.set_content(str(facts(_facts(found))))
        self.lines.set_content(lines_table(found.document))
        self.preview.set_content(_preview(found))
        self._show_file(found)
        if self.changes is not None:
            self.changes.show(found)

    async def again(self) -> None:
        with self.visit.client:
            found = await self.visit.load(certificate_pages.show, self.number)
            if not self.told.is_deleted:
                self.show(found)

    def _draw_file(self) -> None:
        self.file = html("")
        self.retry = button("Try again", self._try_again)

    def _show_file(self, found: CertificatePage) -> None:
        self.drawn = found.file.body is not None
        may_see_why = self.visit.actor.is_coordinator
        self.file.set_content(f'<div role="status">{_file_state(found, may_see_why=may_see_why)}</div>')
        self.retry.set_visibility(may_see_why and not self.drawn and bool(found.file.problem))

    async def _look_again(self) -> None:
        """The PDF is drawn some seconds after the issue; nobody has to reload to see it."""
        try:
            found = await self.visit.load(certificate_pages.show, self.number)
        except Refusal:
            self.timer.deactivate()
            return
        if not self.told.is_deleted:
            self._show_file(found)
            if self.drawn:
                self.timer.deactivate()

    async def _try_again(self) -> None:
        self.retry.disable()
        outcome = await self.visit.act(certificate_files.pdf, self.number)
        self.retry.enable()
        self.visit.tell(outcome)
        await self.again()


def _status(number: str) -> str:
    address = f"/certificates/{esc(number)}"
    see, save = (
        link("Open and print", f"{address}/view", kind="main"),
        link("Save as PDF", f"{address}.pdf", kind="plain"),
    )
    return (
        "<h2>Continuing Education Program Track Participation Status</h2>"
        f'<p class="cert-issued">Issued (<a href="{address}/view">View Certificate</a>)</p>'
        f'<p class="deeds">{see}{save}</p>'
        f'<p class="second"><a href="{address}/press-release">A text for the local paper</a></p>'
    )


def _file_state(found: CertificatePage, *, may_see_why: bool) -> str:
    file = found.file
    if file.body is not None:
        return '<p class="hint">The PDF is ready.</p>'
    if not file.problem:
        return '<p class="hint">The PDF is being made. That takes a few seconds.</p>'
    sentence = "It is tried again by itself."
    if may_see_why:
        sentence += f" The reason: {file.problem}"
    return str(notice("The PDF could not be made yet.", sentence, kind="wrong"))


def _facts(found: CertificatePage) -> list[tuple[str, str]]:
    certificate, document = found.certificate, found.document
    rows = [
        ("Standing", standing_words(found)),
        ("Name", document["name"]),
        ("Track", track_words(document)),
        ("Issued", shown_day(certificate.issued_on)),
        ("Valid until", shown_day(certificate.due_on) if certificate.due_on else "no end"),
        ("Library", document["library"] or "none"),
        ("Replaces", _other(found.replaces)),
        ("Replaced by", _other(found.replaced_by)),
        ("Signed by", f"{document['signer']}, {document['signer_title']}"),
        ("Anyone can check it with", link(document["code"], f"/verify/{shown_code(certificate.code)}")),
    ]
    return [(name, value) for name, value in rows if value]


def _other(number: str | None) -> str:
    return link(number, f"/certificates/{number}") if number else ""


def _preview(found: CertificatePage) -> str:
    """The sheet in small. Its style sheet stands beside it, and so leaves with it: it says how pages are printed."""
    document = {**found.document, "ended": stripe(found.certificate, found.replaced_by)}
    words = f"The certificate in small, made out to {document['name']}"
    return (
        f'<link rel="stylesheet" href="{STYLE_URL}"><div class="cert-preview" role="img" aria-label="{esc(words)}">'
        f"{certificate_html(document, heading='h2', whole=True)}</div>"
        '<p class="second">The certificate stays here for good.</p>'
    )
