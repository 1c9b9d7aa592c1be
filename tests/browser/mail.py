"""The letters of a served app as they arrive: handed to a real mail server, and read there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

from services import clock
from tests.browser.server import Server, beside
from tests.make import NOON
from tests.services.postman import Postman, deliver


def letters_to(address: str, server: Server, postman: Postman) -> list[EmailMessage]:
    """Delivers all that the app has written so far; those to this address, in their order.

    The demo knows no mail server, so the worker that delivers runs beside it, on the same database.
    """
    with beside(server):
        clock.fix(NOON + timedelta(minutes=10))  # until then a decision can be undone, and its letter waits
        with ThreadPoolExecutor(1) as pool:  # this thread's event loop is the browser's
            pool.submit(deliver, postman, base_url=server.origin).result()
    return [message for message in postman.received if message["X-Recipients"] == address]


def text_of(message: EmailMessage) -> str:
    """The plain text, its lines as they were written."""
    part = message.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())
