"""Numbers in addresses: small whole ones, and those of certificates, which are text."""

import re

from models.errors import NotFound

MOST_DIGITS = 9
CERTIFICATE = re.compile(r"[A-Z0-9-]{1,40}")


def number(text: str) -> int:
    """Ids are small whole numbers, below 2**31. Raises NotFound: anything else names nothing."""
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise NotFound
    return int(text)


def certificate_number(text: str) -> str:
    """`MT-2026-000123`. Raises NotFound for what can be no number of a certificate."""
    if not CERTIFICATE.fullmatch(text):
        raise NotFound
    return text


def of_path(name: str, text: str) -> int | str:
    """A parameter of a page's path: `number` is that of a certificate, every other one an id. Raises NotFound."""
    return certificate_number(text) if name == "number" else number(text)
