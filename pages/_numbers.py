"""Numbers in addresses: small whole ones, and those of certificates, which are text."""

import re

from models.errors import NotFound
from models.texts import typed_id

CERTIFICATE = re.compile(r"[A-Z0-9-]{1,40}")
WORD = re.compile(r"[a-z-]{1,40}")


def number(text: str) -> int:
    """Ids are small whole numbers, below 2**31. Raises NotFound: anything else names nothing."""
    found = typed_id(text)
    if found is None:
        raise NotFound
    return found


def certificate_number(text: str) -> str:
    """`MT-2026-000123`. Raises NotFound for what can be no number of a certificate."""
    if not CERTIFICATE.fullmatch(text):
        raise NotFound
    return text


def word(text: str) -> str:
    """`credit-approved`. Raises NotFound for anything else than small letters and dashes."""
    if not WORD.fullmatch(text):
        raise NotFound
    return text


def of_path(name: str, text: str) -> int | str:
    """A parameter of a page's path: `number` is a certificate's, `kind` a word, all others are ids. Raises NotFound."""
    if name == "kind":
        return word(text)
    return certificate_number(text) if name == "number" else number(text)
