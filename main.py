"""Runs the app: settings, database, pages, server. Run again by every page test, so it parses no arguments."""

import os
import sys

from nicegui import app, ui

import pages
from models.errors import CannotStart
from pages._faults import report
from services import installation
from services.settings import read_settings


def main() -> None:
    """Serves until it is told to end. Raises CannotStart with one sentence."""
    settings = read_settings()
    installation.open_with(settings)
    pages.install(settings)
    app.on_exception(report)
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
    )


if __name__ in {"__main__", "__mp_main__"}:
    try:
        main()
    except CannotStart as refusal:
        if "NICEGUI_USER_SIMULATION" in os.environ:
            raise
        sys.exit(f"aspen: {refusal}")
