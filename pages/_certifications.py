"""A person's certifications beside her Control Panel."""

from models.times import shown_day
from services.certificate_lists import CertificateLine
from ui.parts import chip, esc


def certifications(certificates: list[CertificateLine]) -> str:
    """Current and past certifications, each with its certificate."""
    valid = [one for one in certificates if one.standing == "VALID"]
    past = [one for one in reversed(certificates) if one.standing != "VALID"]
    return _certified("Current certification", valid) + _certified("Past certifications", past)


def _certified(title: str, items: list[CertificateLine]) -> str:
    inside = "".join(
        f'<div class="cert">{chip(one.standing.capitalize())}<p class="cert-name">'
        f'<a href="/certificates/{esc(one.number)}">{esc(one.track)}</a></p>'
        f'<p class="second">Issued {shown_day(one.issued_on)}'
        + (f"<br>Valid until {shown_day(one.due_on)}" if one.due_on else "")
        + "</p></div>"
        for one in items
    )
    return f"<section><h2>{esc(title)}</h2>{inside or NONE_YET}</section>"


NONE_YET = '<p class="second">None yet.</p>'
