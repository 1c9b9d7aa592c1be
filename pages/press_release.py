"""The text about a certificate for the local paper: to read, to copy and to save."""

import asyncio

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from pages._downloads import attachment
from pages._places import Who, page, plain
from pages._visit import Visit
from services import press_release
from ui.parts import esc
from ui.sections import box, button, heading, html
from ui.sections import page as column


@page("/certificates/{number}/press-release", who=Who.SIGNED_IN, title="Press release", nav="/user")
async def press_release_page(visit: Visit, number: str) -> None:
    text = await visit.load(press_release.text, number)

    def copy() -> None:
        ui.clipboard.write(text)
        visit.toast.say("Copied. Paste it into a letter or a mail.")

    with column(narrow=True):
        heading(
            "Press release",
            back=(number, f"/certificates/{number}"),
            intro="A text for the library’s local paper, made of what the certificate says. Change it as you like.",
        )
        title, *parts = text.split("\n\n")
        paragraphs = "".join(f"<p>{esc(part)}</p>" for part in parts)
        html(f'<div class="sheet release"><p><strong>{esc(title)}</strong></p>{paragraphs}</div>')
        with box("deeds"):
            button("Copy the text", copy, kind="main")
            html(f'<a class="btn btn--plain" href="/certificates/{esc(number)}/press-release.txt">Save as text</a>')


@plain("/certificates/{number}/press-release.txt", who=Who.SIGNED_IN)
async def press_release_file(request: Request) -> Response:
    number = request.path_params["number"]
    text = await asyncio.to_thread(press_release.text, request.scope["aspen_actor"], number)
    return Response(
        text + "\n",
        media_type="text/plain; charset=utf-8",
        headers={**attachment(f"Press release {number}.txt"), "cache-control": "private, no-store"},
    )
