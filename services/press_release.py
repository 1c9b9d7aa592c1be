"""A text about a certificate for the library's local paper, made of what the certificate says and nothing else."""

from datetime import date

from models.times import written_day
from services import certificate_pages, programs
from services.access import Actor
from services.certificate_pages import CertificatePage


def text(actor: Actor, number: str) -> str:
    """Paragraphs with an empty line between them. One's own certificate, or any for a coordinator. Raises NotFound."""
    return "\n\n".join(_paragraphs(certificate_pages.show(actor, number)))


def _paragraphs(found: CertificatePage) -> list[str]:
    told, certificate = found.document, found.certificate
    name, track, program = told["name"], told["track"], told["program"]
    whose = ", ".join(part for part in (told["position"], told["library"]) if part)
    deed = f"{'has renewed the certification' if told['renewal'] else 'is certified'} in the track {track}"
    until = f" The certification is valid until {written_day(certificate.due_on)}." if certificate.due_on else ""
    contact = programs.current().settings
    return [
        f"{name} {'renews' if told['renewal'] else 'earns'} certification: {track}",
        f"{written_day(certificate.issued_on)}. {name}{f' ({whose})' if whose else ''} {deed} of the "
        f"{_program(program, told['title'])}.{until}",
        _earned(told),
        f"By {told['title']}, {program} recognizes what people who work in libraries, and those who govern them, "
        f"learn for their communities. Certificate {certificate.number} can be checked at {told['verify_url']}.",
        f"Contact: {contact['contact_name']}, {contact['contact_email']}",
    ]


def _earned(told: dict[str, object]) -> str:
    if degree := told.get("degree"):
        return f"The certification stands on the degree {degree}."
    credits = told["credits"]
    assert isinstance(credits, list)  # noqa: S101 -- so the certificate was written
    count = len(credits)
    days = sorted(date.fromisoformat(one["ended_on"]) for one in credits)
    when = f", between {written_day(days[0])} and {written_day(days[-1])}" if count > 1 and days[0] != days[-1] else ""
    listed = "; ".join(str(one["title"]) for one in credits[-NAMED:])
    more = f" Among them: {listed}." if credits else ""
    events = f"{count} event{'' if count == 1 else 's'}"
    return f"It stands for {told['total']} of continuing education in {events}{when}.{more}"


def _program(program: str, title: str) -> str:
    return title if program in title else f"{title} program of the {program}"


NAMED = 3
