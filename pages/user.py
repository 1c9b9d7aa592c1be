"""The ASPeN User page: the grey box with personal information and certificates, and what its owner may change."""

from markupsafe import Markup

from models.people import Person
from models.times import shown_day
from pages._places import Who, page
from pages._user_calendar import draw_calendar
from pages._user_letters import draw_wishes
from pages._user_sessions import draw_accounts, draw_sessions
from pages._visit import Visit
from services import installation, live, people, profile
from services.certificate_lists import CertificateLine
from services.people import PositionView, UserPage
from ui.fields import check_field, text_field
from ui.form import Form
from ui.parts import chip, esc, facts
from ui.sections import box, button, heading, html, section
from ui.sections import page as column


@page("/user", who=Who.SIGNED_IN, title="ASPeN User page")
async def user_page(visit: Visit) -> None:
    found = await visit.load(people.user_page)
    pending = await visit.load(profile.pending_email)
    with column(narrow=True):
        heading("ASPeN User page")
        with box("box box--grey", "section") as grey:
            grey.props('aria-label="Personal information"')
            personal = html(_personal(found, pending))
            html("<h2>Positions</h2>" + (_positions(found.positions) or "<p>None.</p>"))
            certificates = html(_certificates(found.certificates))
        html('<p class="deeds"><a class="btn btn--plain" href="/ce">Continuing Education</a></p>')
        _draw_change(visit, found.person)
        await draw_calendar(visit)
        await draw_wishes(visit)
        await draw_accounts(visit)
        await draw_sessions(visit)

    async def again() -> None:
        with visit.client:
            news = await visit.load(people.user_page)
            personal.set_content(_personal(news, await visit.load(profile.pending_email)))
            certificates.set_content(_certificates(news.certificates))

    visit.keep_fresh(live.record_changed, again, key=visit.actor.person_id)


def _personal(found: UserPage, pending: str | None) -> str:
    person = found.person
    rows = [("Name", person.name), ("Phone", person.phone or "not given"), ("E-mail", person.email or "not given")]
    if pending:
        rows.append(("New e-mail", f"{pending}: counts once you open the link in the letter to it"))
    named = "You are named" if person.named_publicly else "You are not named"
    rows.append(("Recognition list", Markup('{} (<a href="/recognition">see the list</a>)').format(named)))
    return "<h2>Personal information</h2>" + str(facts(rows))


def _certificates(listed: list[CertificateLine]) -> str:
    if not listed:
        none = "No certificate has been issued yet. When one is, it stands in this box for good."
        return f"<h2>Certificates</h2><p>{none}</p>"
    newest = next((one for one in reversed(listed) if one.standing in {"VALID", "EXPIRED"}), listed[-1])
    return (
        f"<h2>Certificates</h2>{certificate_list(listed, newest.number)}"
        f'<p class="deeds"><a class="btn btn--main" href="/certificates/{esc(newest.number)}">'
        "View most recent certificate</a></p>"
    )


def certificate_list(listed: list[CertificateLine], newest: str = "") -> str:
    """Certificates, the oldest first, each with its standing today; empty when there is none."""
    items = "".join(
        f'<li class="line"><div><a class="cert-number" href="/certificates/{esc(one.number)}">{esc(one.number)}</a>'
        f'<p class="second">{esc(one.track)}, issued {shown_day(one.issued_on)}'
        + _until(one, listed)
        + f'</p></div><span class="chips">{chip(one.standing.capitalize())}'
        + (str(chip("Most recent")) if one.number == newest else "")
        + "</span></li>"
        for one in listed
    )
    return f'<ul class="lines">{items}</ul>' if items else ""


def _until(one: CertificateLine, listed: list[CertificateLine]) -> str:
    """Until when it is valid; or when it expired, and which one renewed it."""
    if one.due_on is None:
        return ""
    if one.standing != "EXPIRED":
        return f", valid until {shown_day(one.due_on)}"
    after = (two for two in listed if two.track == one.track and two.issued_on > one.issued_on)
    renewed = next((two.number for two in after if two.standing in {"VALID", "EXPIRED"}), "")
    link = f'. Renewed by <a href="/certificates/{esc(renewed)}">{esc(renewed)}</a>' if renewed else ""
    return f", expired on {shown_day(one.due_on)}{link}"


def _draw_change(visit: Visit, person: Person) -> None:
    form = Form()
    with section("Change", intro="Your certificates stay as they were issued, whatever you change here."), box("form"):
        form.summary()
        _add_fields(form, person)
        told = html("")

        async def save() -> None:
            outcome = await visit.act(profile.change, form.values())
            visit.tell(outcome, form)
            if not outcome.done:
                return
            form.clear()
            visit.toast.say("Saved.")
            asked = str(form.values()["email"]).strip()
            told.set_content(await _letter_sent(visit, asked) if outcome.value else "")

        with box("deeds"):
            button("Save", save, kind="main")


async def _letter_sent(visit: Visit, address: str) -> str:
    """Where the letter went; the demo, which sends none, shows its link."""
    words = f"<strong>A letter is on its way to {esc(address)}.</strong> Open its link; then the address counts."
    if installation.settings().demo:
        link = await visit.load(profile.demo_link)
        words += f' The demo sends no letters: <a href="{esc(link)}">open the link here</a>.'
    return f'<p class="notice" role="status">{words}</p>'


def _add_fields(form: Form, person: Person) -> None:
    form.pair(
        form.add(
            text_field(
                "First name", name="first_name", value=person.first_name, required=True, autocomplete="given-name"
            )
        ),
        form.add(
            text_field("Last name", name="last_name", value=person.last_name, required=True, autocomplete="family-name")
        ),
        name="name",
    )
    form.add(text_field("Phone", name="phone", value=person.phone, autocomplete="tel"))
    form.add(
        text_field(
            "E-mail",
            name="email",
            value=person.email or "",
            kind="email",
            required=True,
            autocomplete="email",
            hint="A new address counts once you have opened the link that we send to it.",
        )
    )
    form.add(
        check_field(
            "Name me on the yearly recognition list",
            name="named_publicly",
            value=person.named_publicly,
            hint="Anyone can read that list. It shows your name, library, track and year.",
        )
    )


def _positions(positions: list[PositionView]) -> str:
    items = "".join(
        f"<li>{esc(at.title or at.kind.capitalize())}, {esc(at.library)}"
        f'<p class="second">{_sentence(position_days(at))}</p></li>'
        for at in positions
    )
    return f'<ul class="lines">{items}</ul>' if items else ""


def position_days(at: PositionView) -> str:
    """Since when, or from when to when."""
    if at.ends_on is None:
        return f"since {shown_day(at.begins_on)}"
    return f"{shown_day(at.begins_on)} to {shown_day(at.ends_on)}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
