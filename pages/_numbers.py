"""Numbers in addresses."""

from models.errors import NotFound

MOST_DIGITS = 9


def number(text: str) -> int:
    """Ids are small whole numbers, below 2**31. Raises NotFound: anything else names nothing."""
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise NotFound
    return int(text)
