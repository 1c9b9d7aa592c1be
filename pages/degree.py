"""Recent degree: a graduate hands in the degree with the diploma, and sees what becomes of it."""

from typing import Any

from nicegui import ui

from models.degrees import Degree, DegreeStatus
from models.times import shown_day
from pages._papers import paper_field
from pages._places import Who, page
from pages._visit import Visit
from services import degrees, drafts, live
from services.degrees import DegreePage
from ui.fields import Field, choice_field, text_field
from ui.form import Form
from ui.parts import esc, facts, notice
from ui.sections import box, button, heading, html
from ui.sections import page as column


@page("/ce/degree", who=Who.SIGNED_IN, title="Recent degree", nav="/ce")
async def degree_page(visit: Visit) -> None:
    found = await visit.load(degrees.show)
    with column(narrow=True):
        heading("Recent degree", back=("Continuing Education Control Panel", "/ce"))
        html(
            f'<p class="intro">A library degree of the last {found.years} years stands for the track '
            f"{esc(' or '.join(found.tracks))}. The certificate bears the day of your graduation, and your renewal "
            "begins on it. No credit is used up.</p>"
        )
        view = DegreeView(visit, found)

    async def again() -> None:
        with visit.client:
            view.show(await visit.load(degrees.show))

    visit.keep_fresh(live.record_changed, again, key=visit.actor.person_id)


class DegreeView:
    """What became of the newest degree, and the form; the form is drawn anew only when that changes."""

    def __init__(self, visit: Visit, found: DegreePage) -> None:
        self.visit, self.drawn = visit, ("", "")
        self.state = html("")
        self.frame = ui.element("div")
        self.show(found)

    def show(self, found: DegreePage) -> None:
        now = (str(found.latest.status) if found.latest else "", found.track_name)
        self.state.set_content(_state(found))
        if now == self.drawn:
            return
        self.drawn = now
        self.frame.clear()
        with self.frame:
            if found.latest and found.latest.status == DegreeStatus.PENDING:
                with box("deeds"):
                    button("Take it back", self._withdraw, kind="brick")
            elif found.track_name:
                self._draw_form(found)
        self.latest_id = found.latest.id if found.latest else None

    def _draw_form(self, found: DegreePage) -> None:
        self.values = {**_before(found), **found.draft}
        self.form = Form()
        with box("form"):
            self.form.summary()
            self._text("College or university", "institution", max_length=degrees.LONGEST)
            self.form.add(
                choice_field(
                    "Degree",
                    name="kind",
                    options={key: f"{key}, {name}" for key, name in found.kinds.items()},
                    value=str(self.values.get("kind") or ""),
                    required=True,
                    placeholder="Choose a degree",
                    on_leave=self._left,
                )
            )
            self._text("Date of graduation", "graduated_on", kind="date")
            file = found.draft_file or (found.file if _is_returned(found.latest) else None)
            self.form.add(paper_field("Diploma", degrees.PURPOSE, file, self._left))
            with box("deeds"):
                self.save = button("Hand in", self._hand_in, kind="main", size="big")
                html('<a class="btn btn--quiet" href="/ce">Cancel</a>')

    def _text(self, label: str, name: str, **more: Any) -> Field:
        value = str(self.values.get(name) or "")
        return self.form.add(text_field(label, name=name, value=value, required=True, on_leave=self._left, **more))

    async def _left(self, name: str, value: str) -> None:
        await self.visit.act(drafts.keep, degrees.FORM, name, value)

    async def _hand_in(self) -> None:
        self.save.disable()
        outcome = await self.visit.act(degrees.hand_in, self.form.values())
        self.save.enable()
        if outcome.done:
            self.visit.toast.say("Handed in. The coordinator sees it now.")
        self.visit.tell(outcome, self.form)

    async def _withdraw(self) -> None:
        outcome = await self.visit.act(degrees.withdraw, self.latest_id or 0)
        if outcome.done:
            self.visit.toast.say("Taken back.")
        self.visit.tell(outcome)


def _state(found: DegreePage) -> str:
    latest = found.latest
    parts = []
    if latest and latest.status == DegreeStatus.PENDING:
        parts.append(str(notice("It waits for the coordinator.", "You get a letter when it is decided.", kind="done")))
    if latest and found.file and latest.status in {DegreeStatus.PENDING, DegreeStatus.RECORDED}:
        parts.append(str(facts(degree_facts(latest, found.kinds, found.file.name))))
    if latest and latest.status == DegreeStatus.RECORDED:
        see = '<a href="/user">See your certificate</a>'
        parts.insert(0, str(notice("Recorded.", "The certificate was issued.", kind="done", action_html=see)))
    if _is_returned(latest) and latest:
        parts.append(str(notice("Returned to you.", latest.reason, kind="dup")))
    if not found.track_name and not (latest and latest.status == DegreeStatus.PENDING):
        add = '<a href="/ce#track">Take up the track</a>'
        words = f"The degree stands for {' or '.join(found.tracks)}: take up that track first, then come back here."
        parts.append(str(notice("A track comes first.", words, kind="dup", action_html=add)))
    return "".join(parts)


def degree_facts(degree: Degree, kinds: dict[str, str], file_name: str) -> list[tuple[str, str]]:
    """What was handed in."""
    full = kinds.get(degree.kind, "")
    return [
        ("College or university", degree.institution),
        ("Degree", f"{degree.kind}, {full}" if full else degree.kind),
        ("Date of graduation", shown_day(degree.graduated_on)),
        ("Diploma", file_name),
    ]


def _before(found: DegreePage) -> dict[str, Any]:
    """What was typed into the one that was returned."""
    latest = found.latest
    if latest is None or not _is_returned(latest):
        return {}
    return {
        "institution": latest.institution,
        "kind": latest.kind,
        "graduated_on": latest.graduated_on.isoformat(),
    }


def _is_returned(latest: Degree | None) -> bool:
    return latest is not None and latest.status == DegreeStatus.RETURNED
