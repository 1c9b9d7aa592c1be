"""What a coordinator may do with somebody's certificate: issue a corrected one in its place, or revoke it."""

from nicegui import ui

from pages._visit import Visit
from services import certificate_changes, programs
from services.certificate_pages import CertificatePage
from ui.dialogs import ReasonDialog
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.sections import box, button, section


class CertificateChanges:
    """Correct and Revoke, as long as the certificate is one that can be changed."""

    def __init__(self, visit: Visit, found: CertificatePage) -> None:
        self.visit, self.number = visit, found.certificate.number
        self.dialog = ReasonDialog()
        with section(
            "Change it", intro="A certificate is never edited. A corrected one takes its place, with the same days."
        ) as self.drawn:
            with box("deeds") as self.deeds:
                button("Correct", self._open)
                button("Revoke", self._revoke, kind="brick")
            with box("form") as self.box:
                self._draw_form(found)
        self.box.set_visibility(False)

    def show(self, found: CertificatePage) -> None:
        self.drawn.set_visibility(found.may_change)

    def _draw_form(self, found: CertificatePage) -> None:
        self.form = Form()
        self.form.summary()
        self.name = self.form.add(
            text_field(
                "Name on the certificate", name="name", value=found.document["name"], required=True, max_length=80
            )
        )
        self.form.add(
            choice_field("Track", name="track", options=_tracks(found), value=_track_of(found), required=True)
        )
        self.form.add(
            text_field(
                "Reason",
                name="reason",
                kind="area",
                required=True,
                hint="The person reads it, in a letter and on the page of the certificate that is replaced.",
            )
        )
        with box("deeds"):
            button("Issue the corrected certificate", self._correct, kind="main")
            button("Cancel", self._close, kind="quiet")

    def _open(self) -> None:
        self.deeds.set_visibility(False)
        self.box.set_visibility(True)
        ui.run_javascript(f'requestAnimationFrame(() => document.getElementById("{self.name.focus_id}")?.focus())')

    def _close(self) -> None:
        self.form.clear()
        self.box.set_visibility(False)
        self.deeds.set_visibility(True)

    async def _correct(self) -> None:
        outcome = await self.visit.act(certificate_changes.supersede, self.number, self.form.values())
        self.visit.tell(outcome, self.form)
        if outcome.value:
            ui.navigate.to(f"/certificates/{outcome.value}")
            self.visit.toast.say(f"{outcome.value} was issued in place of {self.number}.")

    async def _revoke(self) -> None:
        async def deed(reason: str) -> str | None:
            outcome = await self.visit.act(certificate_changes.revoke, self.number, reason)
            return None if outcome.done else outcome.sentence

        if await self.dialog.settle(
            f"Revoke {self.number}?",
            deed,
            deed="Revoke",
            grave=True,
            hint="Whoever checks it reads that it is revoked, but not why. The person reads the reason. It cannot be "
            "undone, and the credits stay counted.",
        ):
            self.visit.toast.say(f"{self.number} is revoked.")


def _tracks(found: CertificatePage) -> dict[str, str]:
    """The tracks that had rules on the day of issue."""
    program, day = programs.current(), found.certificate.issued_on
    own = _track_of(found)
    return {
        str(id_): track.name
        for id_, track in program.tracks.items()
        if str(id_) == own or program.version_for(id_, day) is not None
    }


def _track_of(found: CertificatePage) -> str:
    return str(programs.current().versions[found.certificate.track_version_id].track_id)
