"""The ASPeN User page: the grey box with personal information and certificates."""

from models.times import shown_day
from pages._places import Who, page
from pages._visit import Visit
from services import people
from services.people import PositionView
from ui.parts import esc, facts
from ui.sections import box, heading, html
from ui.sections import page as column


@page("/user", who=Who.SIGNED_IN, title="ASPeN User page")
async def user_page(visit: Visit) -> None:
    found = await visit.load(people.user_page)
    person = found.person
    rows = [("Name", person.name), ("Phone", person.phone or "not given"), ("E-mail", person.email or "not given")]
    with column(narrow=True):
        heading("ASPeN User page")
        with box("box box--grey", "section") as grey:
            grey.props('aria-label="Personal information"')
            html("<h2>Personal information</h2>" + str(facts(rows)))
            html("<h2>Positions</h2>" + (_positions(found.positions) or "<p>None.</p>"))
            html(
                "<h2>Certificates</h2><p>No certificate has been issued here yet. When one is, it stands in this box "
                "for good.</p>"
            )
        html('<p class="deeds"><a class="btn btn--plain" href="/ce">Continuing Education</a></p>')


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
