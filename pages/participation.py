"""One participation: status, progress, credit by credit, and Update."""

from nicegui import ui

from models.credits import shown_credits
from models.times import shown_day
from pages._places import Who, page
from pages._visit import Visit
from pages._words import day_of, progress_of
from services import participations, programs
from services.participations import ParticipationPage
from ui.dialogs import confirm
from ui.fields import choice_field, text_field
from ui.form import Form
from ui.parts import chip, empty, esc, facts
from ui.progress import progress, progress_table
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/ce/tracks/{participation_id}", who=Who.SIGNED_IN, title="Track participation", nav="/ce")
async def participation_page(visit: Visit, participation_id: int) -> None:
    found = await visit.load(participations.show, participation_id)
    one = found.participation
    visit.title = f"{found.track_name} track"
    shown = progress_of(one, found.track_name, found.evaluation)
    back = (
        ("Continuing Education Control Panel", "/ce")
        if found.is_own
        else (found.person_name, f"/people/{one.person_id}")
    )
    with column():
        heading(visit.title, back=back, beside=str(chip(one.shown_status(programs.current().today()))))
        if one.returned_note and one.is_open:
            html(f'<p class="notice notice--dup"><strong>Returned to you:</strong> {esc(one.returned_note)}</p>')
        with box("sheet"):
            html(str(progress(shown)))
            html(str(facts(_facts(found))))
        with section("As a table"):
            html(str(progress_table(shown)))
        with section("Credit by credit", intro="Where each credit counts, or why it does not."):
            html(_credits(found))
        if found.is_own and one.is_open:
            _draw_update(visit, found)


def _facts(found: ParticipationPage) -> list[tuple[str, str]]:
    one = found.participation
    rows = [
        ("Since", shown_day(one.begins_on)),
        ("Due", shown_day(one.due_on) if one.due_on else "No due date until a certificate exists"),
        ("Rules", f"Version {found.version}, {'renewal' if one.renewal else 'first certification'}"),
        ("Library", found.libraries.get(one.library_id or 0, "")),
        ("Position", one.position),
        ("Proposed verifier", " ".join(part for part in (one.verifier_name, one.verifier_email) if part)),
        ("Note", one.note),
    ]
    return [(name, value) for name, value in rows if value]


def _credits(found: ParticipationPage) -> str:
    rows = [row for row in found.rows if row.id in found.evaluation.credits]
    if not rows:
        return str(empty("No credit yet."))
    body = "".join(
        f'<tr><td class="cell-main">{esc(row.title)}<p class="second">{esc(day_of(row))}</p></td>'
        f'<td class="n" data-label="Credits">{shown_credits(row.credits)}</td>'
        f'<td class="state">{chip(row.status)}</td><td data-label="Counts for">{_where(found, row.id)}</td></tr>'
        for row in rows
    )
    return (
        '<div class="tb-wrap"><table class="tb"><caption class="sr">Where each credit counts</caption><thead><tr>'
        '<th scope="col">Event</th><th scope="col" class="n">Credits</th><th scope="col">Status</th>'
        f'<th scope="col">Counts for</th></tr></thead><tbody>{body}</tbody></table></div>'
    )


def _where(found: ParticipationPage, credit_id: int) -> str:
    counted = found.evaluation.credits[credit_id]
    where = "; ".join(f"{shown_credits(value)} toward {label}" for label, value in counted.where.items())
    return esc(" ".join(part for part in (where + "." if where else "", counted.why_not) if part))


def _draw_update(visit: Visit, found: ParticipationPage) -> None:
    one = found.participation
    form = Form()
    with section("Update", intro="The version of the rules stays as it is."), box("form"):
        form.summary()
        _add_fields(form, found)

        async def update() -> None:
            outcome = await visit.act(participations.update, one.id or 0, form.values())
            visit.tell(outcome, form)
            if outcome.done:
                form.clear()
                visit.toast.say("Updated.")

        async def withdraw() -> None:
            if await confirm(
                "Withdraw from this track?",
                "Your credits stay in your list, and you can take the track up again at any time.",
                "Withdraw",
            ):
                outcome = await visit.act(participations.withdraw, one.id or 0)
                if outcome.done:
                    ui.navigate.to("/ce")
                visit.tell(outcome)

        with box("deeds"):
            button("Update", update, kind="main")
            button("Withdraw", withdraw, kind="brick")


def _add_fields(form: Form, found: ParticipationPage) -> None:
    one = found.participation
    form.add(
        choice_field(
            "Library",
            name="library",
            options={str(k): v for k, v in found.libraries.items()},
            value=str(one.library_id or ""),
            placeholder="No library",
        )
    )
    form.add(text_field("Position", name="position", value=one.position))
    form.add(
        text_field(
            "Verifier’s name",
            name="verifier_name",
            value=one.verifier_name,
            hint="Your director; for directors and trustees the board chair.",
        )
    )
    form.add(text_field("Verifier’s e-mail", name="verifier_email", value=one.verifier_email, kind="email"))
    form.add(text_field("Note", name="note", value=one.note, kind="area"))
