"""Runs the app: settings, database, pages, server. Run again by every page test, so it parses no arguments."""

import gc
import os
import sys

from nicegui import app, ui

import pages
from models.errors import CannotStart
from pages import _drawing as drawing
from pages._faults import forget_who_went_away, report
from services import background, installation, log, serving
from services.settings import read_settings


def main() -> None:
    """Serves until it is told to end. Raises CannotStart with one sentence."""
    settings = read_settings()
    installation.open_with(settings)
    log.set_up(settings.log)
    pages.install(settings)
    drawing.install()
    app.on_exception(report)
    forget_who_went_away()
    app.on_startup(settle)
    if "NICEGUI_USER_SIMULATION" not in os.environ:
        serving.begin(settings)
        app.on_startup(background.start)
        app.on_shutdown(background.stop)
    ui.run(
        host=settings.host,
        port=settings.port,
        title="ASPeN Continuing Education",
        language="en-US",
        tailwind=False,
        reload=False,
        show=False,
        show_welcome_message=False,
        reconnect_timeout=30,
        binding_refresh_interval=None,
        timeout_graceful_shutdown=2,
        access_log=False,
        log_config=None,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
    )


def settle() -> None:
    """What was imported stays for good: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


if __name__ == "__main__":
    try:
        main()
    except CannotStart as refusal:
        if "NICEGUI_USER_SIMULATION" in os.environ:
            raise
        sys.exit(f"aspen: {refusal}")
