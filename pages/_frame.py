"""What stands around every page: navigation, name, banner, footer."""

from services import installation, programs
from services.access import Actor
from ui.frame import Frame

DEMO_BANNER = "This is a demo with invented people, on this machine only. Nothing you do here is real."


def frame_of(actor: Actor | None, current: str) -> Frame:
    """The frame as this person sees it."""
    nav = [("Calendar", "/events")]
    if actor is None:
        nav.append(("Check a certificate", "/verify"))
    else:
        nav.insert(0, ("Control Panel", "/ce"))
        if actor.is_coordinator:
            nav.append(("Review", "/review"))
        if actor.is_office:
            nav.append(("People", "/admin/people"))
        if actor.is_administrator:
            nav += [("Libraries", "/admin/libraries"), ("Letters", "/admin/letters"), ("Audit", "/admin/audit")]
    return Frame(
        nav=tuple(nav),
        current=current,
        who=actor.name if actor else None,
        banner=DEMO_BANNER if installation.settings().demo else None,
        footer=(
            ("Help", "/help"),
            ("Check a certificate", "/verify"),
            ("Recognition", "/recognition"),
            ("Calendar as a file", "/events.ics"),
        ),
        program=programs.current().name,
    )
