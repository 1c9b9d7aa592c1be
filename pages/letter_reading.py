"""One letter as it goes out, for administrators."""

from nicegui import events

from models.times import shown
from pages._places import Who, page
from pages._visit import Visit
from pages.admin_letters import PRESSED, STATES, act_on, deed_buttons
from services import letter_outbox, programs
from services.letter_outbox import LetterPage
from ui.parts import chip, esc, facts
from ui.sections import heading, html, section
from ui.sections import page as column


@page("/admin/letters/{letter_id}", who=Who.ADMINISTRATOR, title="Letter", nav="/admin/letters")
async def letter_page(visit: Visit, letter_id: int) -> None:
    found = await visit.load(letter_outbox.read, letter_id)
    visit.title = found.line.subject
    with column(narrow=True):
        heading(found.line.subject, back=("Letters", "/admin/letters"))
        known = html(_facts(found))
        deeds = html(_deeds(found)).mark("deeds")
        with section("As text"):
            html(as_text(found.text))
        with section("As HTML"):
            html(as_frame(found.html, "The letter as HTML"))

    async def press(event: events.GenericEventArguments) -> None:
        deed = event.args[0] if isinstance(event.args, list) and event.args else ""
        if await act_on(visit, str(deed), letter_id):
            news = await visit.load(letter_outbox.read, letter_id)
            known.set_content(_facts(news))
            deeds.set_content(_deeds(news))

    deeds.on("click", press, js_handler=PRESSED)


def as_text(text: str) -> str:
    """A letter's text part as mail programs without HTML show it."""
    return f'<pre class="letter-text" tabindex="0" aria-label="The letter as text">{esc(text)}</pre>'


def as_frame(page_html: str, title: str) -> str:
    """A letter's HTML part, in a frame that may run and load nothing."""
    return f'<iframe class="letter-html" title="{esc(title)}" sandbox="" srcdoc="{esc(page_html)}"></iframe>'


def _facts(found: LetterPage) -> str:
    line, zone = found.line, programs.current().time_zone
    rows = [
        ("State", str(STATES[line.state])),
        ("To", f"{line.name}, {line.address}"),
        ("Kind", line.kind),
        ("Written", shown(line.written_at, zone)),
    ]
    if line.sent_at:
        rows.append(("Sent", shown(line.sent_at, zone)))
    elif line.state == "waiting":
        rows.append(("Goes out", f"from {shown(line.due_at, zone)} on"))
    if line.attempts:
        rows.append(("Tries", str(line.attempts)))
    if line.problem:
        rows.append(("Problem", line.problem))
    rows[0] = ("State", chip(rows[0][1]))
    return str(facts(rows))


def _deeds(found: LetterPage) -> str:
    return f'<div class="deeds">{deed_buttons(found.line)}</div>' if found.line.may_act else ""
