"""One file per screen: reads who is there, calls one service, shows the answer."""

from nicegui import app, ui
from starlette.staticfiles import StaticFiles

from pages import _sockets as sockets
from pages import (
    admin_audit,
    admin_letters,
    admin_libraries,
    admin_merge,
    admin_people,
    admin_person,
    attendance,
    certificate,
    certificate_view,
    claim,
    control_panel,
    credit_entry,
    credits,
    degree,
    degree_review,
    documents,
    entering,
    event,
    event_downloads,
    event_edit,
    event_manage,
    events,
    evidence,
    evidence_review,
    files,
    health,
    help,
    home,
    independent_event,
    letter_reading,
    letter_unsubscribe,
    letter_words,
    metrics,
    participation,
    people,
    press_release,
    recognition,
    record_review,
    review,
    review_audit,
    review_audits,
    review_certificates,
    review_events,
    review_expiring,
    review_import,
    review_reports,
    sign_in,
    supervisor,
    supervisor_link,
    user,
    user_email,
    verify,
    welcome,
)
from pages._guard import Guard
from pages._headers import Headers
from pages._measures import Measures
from pages._places import in_order
from pages._plain import answered
from pages._shell import shell
from services.settings import Settings
from ui.theme import STATIC, STYLE_URL, static_url

__all__ = [
    "admin_audit",
    "admin_letters",
    "admin_libraries",
    "admin_merge",
    "admin_people",
    "admin_person",
    "attendance",
    "certificate",
    "certificate_view",
    "claim",
    "control_panel",
    "credit_entry",
    "credits",
    "degree",
    "degree_review",
    "documents",
    "entering",
    "event",
    "event_downloads",
    "event_edit",
    "event_manage",
    "events",
    "evidence",
    "evidence_review",
    "files",
    "health",
    "help",
    "home",
    "independent_event",
    "install",
    "letter_reading",
    "letter_unsubscribe",
    "letter_words",
    "metrics",
    "participation",
    "people",
    "press_release",
    "recognition",
    "record_review",
    "review",
    "review_audit",
    "review_audits",
    "review_certificates",
    "review_events",
    "review_expiring",
    "review_import",
    "review_reports",
    "sign_in",
    "supervisor",
    "supervisor_link",
    "user",
    "user_email",
    "verify",
    "welcome",
]


def install(settings: Settings) -> None:
    """Puts every route, the guard and the headers into the app; may be called again after a reset."""
    app.add_middleware(Guard, settings=settings)
    sockets.bind(settings)
    app.add_middleware(Headers)
    app.add_middleware(Measures)
    for place in in_order():
        if place.live:
            ui.page(place.path, title=place.title)(shell)
        else:
            app.add_api_route(
                place.path, answered(place.draw), methods=[place.method], include_in_schema=False, response_model=None
            )
    app.routes[:] = [route for route in app.routes if getattr(route, "path", "") != "/static"]
    app.mount("/static", StaticFiles(directory=STATIC))
    ui.add_head_html(
        f'<link rel="stylesheet" href="{STYLE_URL}"><link rel="icon" href="{static_url("icon.svg")}">'
        f'<script defer src="{static_url("js/aspen.js")}"></script>',
        shared=True,
    )
