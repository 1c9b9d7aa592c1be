"""Times in the event's zone, with the reader's own where that differs."""

from datetime import datetime

from markupsafe import Markup
from nicegui.element import Element


class MyTime(Element, component="my_time.js"):
    """Once on a page: the browser adds its own time to every `event_time` that stands there when it is drawn."""


def event_time(begins: datetime, ends: datetime, zone: str, words: str) -> Markup:
    """`words`, as a time that the browser can read."""
    return Markup('<time datetime="{}" data-ends="{}" data-zone="{}">{}</time>').format(
        begins.isoformat(), ends.isoformat(), zone, words
    )
