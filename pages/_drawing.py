"""Draws the PDFs of issued certificates, one after another, beside everything else."""

import asyncio
from contextlib import suppress

from nicegui import app, background_tasks, run

from pages._faults import report
from services import certificate_files, certificate_press, live

FIRST_AFTER, EVERY = 5.0, 30.0


def install() -> None:
    """From the start of the app to its end. The first look waits, so that the start is not slowed."""
    app.on_startup(lambda: background_tasks.create(_draw_for_ever(), name="draw certificates"))
    app.on_shutdown(certificate_press.close)


async def _draw_for_ever() -> None:
    wanted = asyncio.Event()
    stop = live.certificates_issued.subscribe(lambda _: wanted.set())
    pause = FIRST_AFTER
    try:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(wanted.wait(), pause)
            if pause == FIRST_AFTER:
                await run.io_bound(certificate_press.warm_up)
            wanted.clear()
            pause = EVERY
            drawn = await _draw()
            if drawn is None:
                return
            if drawn:
                wanted.set()
    finally:
        stop()


async def _draw() -> int | None:
    """One round: how many were drawn, or None when the app is ending."""
    try:
        return await run.io_bound(certificate_files.draw_due)
    except Exception as fault:  # the next round tries again
        report(fault)
        return 0
