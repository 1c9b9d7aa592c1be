"""On the ASPeN User page: the letters that one may do without."""

from pages._visit import Visit
from services import letter_wishes
from ui.fields import check_field
from ui.sections import box, section

INTRO = "Letters that your record depends on always come. Of these you may choose."


async def draw_wishes(visit: Visit) -> None:
    """One box a kind; what is ticked is saved at once."""
    wishes = await visit.load(letter_wishes.wishes)
    wanted = {wish.kind.key for wish in wishes if wish.wanted}

    async def choose(name: str, on: bool) -> None:
        key = next(wish.kind.key for wish in wishes if wish.kind.slug == name)
        chosen = wanted | {key} if on else wanted - {key}
        outcome = await visit.act(letter_wishes.choose, sorted(chosen))
        visit.tell(outcome)
        if outcome.done:
            wanted.clear()
            wanted.update(chosen)
            visit.toast.say("Saved.")

    with section("Letters to you", anchor="letters", intro=INTRO), box("form"):
        for wish in wishes:
            check_field(wish.kind.name, name=wish.kind.slug, value=wish.wanted, hint=wish.kind.when, on_leave=choose)
