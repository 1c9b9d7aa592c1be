"""The history of one record, in words, on its page."""

from collections.abc import Sequence

from pages._visit import Visit
from pages._words import in_program_zone
from services import audit_list
from services.audit import Told
from ui.parts import empty, esc
from ui.sections import html, section


async def draw_history(visit: Visit, subject: str, subject_id: int) -> None:
    """A section of its own, the newest line first."""
    lines = await visit.load(audit_list.of_record, subject, subject_id)
    with section("History", intro="Who did what, newest first."):
        html(history_list(lines))


def history_list(lines: Sequence[Told]) -> str:
    items = "".join(
        f'<li><p>{esc(told.what)}</p><p class="second">{esc(told.who)}, {esc(in_program_zone(told.at))}</p></li>'
        for told in lines
    )
    return f'<ol class="lines history">{items}</ol>' if items else str(empty("Nothing yet."))
