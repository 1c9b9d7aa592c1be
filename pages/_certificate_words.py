"""How certificates are told: their standing in sentences, and what they count as tables."""

from datetime import date
from typing import Any

from markupsafe import Markup

from models.certificates import Certificate, CertificateStatus
from models.times import shown_day
from services import programs
from services.certificate_pages import CertificatePage
from ui.parts import chip, esc, notice


def standing_notice(found: CertificatePage) -> str:
    """What is wrong with how it stands today; empty while it is valid."""
    if found.standing == "VALID":
        return ""
    if found.standing == "EXPIRED":
        return str(notice("EXPIRED.", f"It was valid until {_day(found.certificate.due_on)}.", kind="dup"))
    if found.standing == "SUPERSEDED":
        newer = f'<a href="/certificates/{esc(found.replaced_by)}">See {esc(found.replaced_by)}</a>'
        return str(notice("SUPERSEDED.", _ended(found), kind="dup", action_html=newer))
    return str(notice("REVOKED.", _ended(found), kind="wrong"))


def standing_words(found: CertificatePage) -> Markup:
    """How it stands today, as its chip and a sentence."""
    sentence = {
        "VALID": "It is genuine and valid today.",
        "EXPIRED": "It is genuine, and its time is over.",
        "SUPERSEDED": "A corrected one took its place.",
        "REVOKED": "It does not count any more.",
    }[found.standing]
    return Markup('{} <span class="cert-standing">{}</span>').format(chip(found.standing), sentence)


def stripe(certificate: Certificate, replaced_by: str | None) -> str:
    """What stands across a certificate on the screen that no longer counts; empty for one that does."""
    if certificate.status == CertificateStatus.VALID or certificate.ended_at is None:
        return ""
    day = shown_day(programs.current().day_of(certificate.ended_at))
    if certificate.status == CertificateStatus.SUPERSEDED:
        return f"Replaced by {replaced_by} on {day}" if replaced_by else f"Replaced on {day}"
    return f"Revoked on {day}"


def track_words(document: dict[str, Any]) -> str:
    kind = ", renewal" if document["renewal"] else ""
    return f"{document['track']}{kind} (requirements of {document['version']})"


def lines_table(document: dict[str, Any]) -> str:
    """The required credits line by line, and the credits that were counted; or the degree that stands for them."""
    if degree := document.get("degree"):
        return f"<p>The degree {esc(degree)} stands for all that the track asks for. No credit is used up.</p>"
    rows = "".join(
        f'<tr><th scope="row">{esc(line["label"])}</th><td class="n">{esc(line["credits"])}</td></tr>'
        for line in document["lines"]
    )
    return (
        '<table class="tb tb--sums tb--cert"><thead><tr><th scope="col">Requirement</th>'
        f'<th scope="col" class="n">Credits</th></tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">In all</th><td class="n">{esc(document["total"])}</td></tr></tfoot></table>'
        f"{_counted(document['credits'])}"
    )


def _counted(credits: list[dict[str, Any]]) -> str:
    if not credits:
        return ""
    items = "".join(
        f'<li><p>{esc(one["title"])}</p><p class="second">{shown_day(date.fromisoformat(one["ended_on"]))}, '
        f"{esc('; '.join(f'{value} toward {label}' for label, value in one['counted'].items()))}</p></li>"
        for one in credits
    )
    what = "The credit that counts" if len(credits) == 1 else f"The {len(credits)} credits that count"
    return f'<details><summary>{what}</summary><ul class="lines">{items}</ul></details>'


def _ended(found: CertificatePage) -> str:
    certificate = found.certificate
    day = shown_day(programs.current().day_of(certificate.ended_at)) if certificate.ended_at else ""
    deed = f"Replaced by {found.replaced_by}" if found.standing == "SUPERSEDED" else "Revoked"
    return f"{deed} on {day}. The reason: {certificate.reason}"


def _day(day: date | None) -> str:
    return shown_day(day) if day else ""
