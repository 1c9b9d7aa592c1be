"""The blue box at the right: who is signed in, or the way to do so."""

from pages._visit import Visit
from pages._words import sign_in_box, welcome
from services import people


async def blue_box(visit: Visit) -> str:
    """As markup."""
    if visit.opened_by is None:
        return sign_in_box()
    found = await visit.load(people.user_page)
    return welcome(visit.opened_by, found.positions[0] if found.positions else None)
