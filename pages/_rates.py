"""How much one browser or address may ask of a real installation in a minute; the demo, on one machine, is free."""

from pages._limits import Limiter
from pages._places import Place

SIGN_INS = Limiter(60)
"""A minute and address: a whole workshop behind one address may sign in at once, a guessing machine may not go on."""
FORMS = Limiter(60)
PAGES = Limiter(120)
PAGES_OF_STRANGERS = Limiter(300)
DEEDS = Limiter(240)
"""Of one session in open pages: twice as fast as anybody works through the queue."""
SIGN_IN = {"/login", "/auth/callback", "/auth/logout"}


def wait(place: Place, token: str | None, address: str) -> int:
    """Counts this request: 0 if it may go on, else the seconds after which it may."""
    if place.path in SIGN_IN and (place.method == "POST" or place.path == "/auth/callback"):
        return SIGN_INS.wait(address)
    if place.method == "POST":
        return FORMS.wait_for(token) if token else FORMS.wait(address)
    if place.live:
        return PAGES.wait_for(token) if token else PAGES_OF_STRANGERS.wait(address)
    return 0


def forget() -> None:
    """Count from zero for everybody."""
    for limiter in (SIGN_INS, FORMS, PAGES, PAGES_OF_STRANGERS, DEEDS):
        limiter.forget()
