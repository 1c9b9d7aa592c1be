"""The audit lines, for the administrator: searched, read, exported; never changed."""

import asyncio
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from pages._places import Who, page, plain
from pages._visit import Visit
from pages._words import in_program_zone
from services import audit_list
from services.audit_list import SUBJECTS, AuditFilter, Line, read_filter
from ui.fields import choice_field, text_field
from ui.parts import empty, esc
from ui.sections import box, button, heading, html
from ui.sections import page as column

CHOICES = {"": "Everything", **{subject: subject.capitalize() + "s" for subject in SUBJECTS}}


@page("/admin/audit", who=Who.ADMINISTRATOR, title="Audit")
async def admin_audit_page(visit: Visit) -> None:
    with column():
        heading("Audit", intro="Who did what to which record, newest first. These lines can be read, never changed.")
        await AuditWindow(visit).load()


@plain("/admin/audit.csv", who=Who.ADMINISTRATOR)
async def audit_csv(request: Request) -> Response:
    wanted = read_filter(dict(request.query_params))
    body = await asyncio.to_thread(audit_list.export, request.scope["aspen_actor"], wanted)
    told = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"}
    return Response(body, media_type="text/csv; charset=utf-8", headers=told)


class AuditWindow:
    """The questions on top, sixty lines under them, and the way to older ones."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.before = visit, list[int]()
        with box("list-find list-find--many"):
            self.text = text_field("Find", name="text", hint="A name, a title or a deed")
            self.subject = choice_field("About", name="subject", options=CHOICES)
            self.begins = text_field("From", name="begins", kind="date")
            self.ends = text_field("To", name="ends", kind="date")
        with box("deeds"):
            button("Search", self._search, kind="main")
            self.file = html("")
        self.lines = html("")
        with box("deeds"):
            self.newer = button("Newer", self._newer)
            self.older = button("Older", self._older)

    @property
    def wanted(self) -> AuditFilter:
        fields = (self.text, self.subject, self.begins, self.ends)
        return read_filter({field.name: str(field.value or "").strip() for field in fields})

    async def load(self) -> None:
        wanted = self.wanted
        outcome = await self.visit.act(audit_list.page, wanted, self.before[-1] if self.before else None)
        self.visit.tell(outcome)
        if outcome.value is None or self.lines.is_deleted:
            return
        found, more = outcome.value
        self.lines.set_content(_table(found) if found else str(empty("No line fits.")))
        self.file.set_content(f'<a class="btn btn--plain" href="/admin/audit.csv{_query(wanted)}">Export as CSV</a>')
        self.newer.set_enabled(bool(self.before))
        self.older.set_enabled(more)
        self.last = found[-1].id if found else 0

    async def _search(self) -> None:
        self.before.clear()
        await self.load()

    async def _older(self) -> None:
        self.before.append(self.last)
        await self.load()

    async def _newer(self) -> None:
        if self.before:
            self.before.pop()
        await self.load()


def _query(wanted: AuditFilter) -> str:
    days = {name: day.isoformat() for name in ("begins", "ends") if isinstance(day := getattr(wanted, name), date)}
    told = {name: value for name, value in (("text", wanted.text), ("subject", wanted.subject)) if value}
    return f"?{urlencode(told | days)}" if told or days else ""


def _table(lines: list[Line]) -> str:
    rows = "".join(
        f'<tr><td class="nowrap">{esc(in_program_zone(line.at))}</td><td>{esc(line.who)}</td>'
        f"<td>{_about(line)}</td><td>{esc(line.what)}</td></tr>"
        for line in lines
    )
    return (
        '<table class="tb tb--audit"><caption class="sr">Audit lines, newest first</caption><thead><tr>'
        '<th scope="col">When</th><th scope="col">Who</th><th scope="col">About</th><th scope="col">What</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _about(line: Line) -> str:
    if line.about_id is None:
        return ""
    return f'<a href="/admin/people/{line.about_id}">{esc(line.about)}</a>'
