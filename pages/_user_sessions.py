"""On the ASPeN User page: where one is signed in, and the accounts that sign one in."""

from nicegui import ui

from models.times import shown
from pages._visit import Visit
from services import identities, programs, providers, sign_in
from services.identities import AccountLine
from services.sign_in import SessionLine
from ui.parts import chip, esc
from ui.sections import box, button, html, section


async def draw_sessions(visit: Visit) -> None:
    """The open sessions, each with its button, and one to end them all."""
    lines = await visit.load(sign_in.sessions_of)
    with section("Where you are signed in", anchor="sessions", intro="End what you do not recognize."):
        with box("lines", "ul") as listed:
            for line in lines:
                _draw_session(visit, line)
        listed.props("role=list")
        with box("deeds"):

            async def everywhere() -> None:
                visit.tell(await visit.act(sign_in.end_everywhere))

            button("Sign out everywhere", everywhere, kind="brick")


async def draw_accounts(visit: Visit) -> None:
    """The accounts at providers; none in the demo, whose five people have none."""
    offered = [provider.settings for provider in providers.all_()]
    if not offered:
        return
    lines = await visit.load(identities.accounts_of)
    with section("Accounts that sign you in", anchor="accounts"):
        with box("lines", "ul") as listed:
            for line in lines:
                _draw_account(visit, line, last=len(lines) == 1)
        listed.props("role=list")
        buttons = "".join(
            f'<button class="btn btn--plain" type="submit" name="provider" value="{esc(one.key)}">'
            f"Add an account at {esc(one.name)}</button>"
            for one in offered
        )
        html(
            '<form class="deeds" method="post" action="/login"><input type="hidden" name="link" value="1">'
            f'<input type="hidden" name="next" value="/user">{buttons}</form>'
        )


def _draw_session(visit: Visit, line: SessionLine) -> None:
    with box("line", "li") as item:
        zone = programs.current().time_zone
        where = f" from {esc(line.address)}" if line.address else ""
        seen = f"Signed in {shown(line.created_at, zone)}, last seen {shown(line.seen_at, zone)}"
        html(f'{esc(line.device or "A browser")}{where}<p class="second">{seen}</p>')
        if line.is_this:
            html(f'<span class="chips">{chip("This one")}</span>')
        else:

            async def end() -> None:
                outcome = await visit.act(sign_in.end_one, line.token_hash)
                visit.tell(outcome)
                if outcome.done:
                    item.delete()
                    visit.toast.say("Signed out there.")

            button("Sign out", end).props(f'aria-label="Sign out: {esc(line.device or "a browser")}"')


def _draw_account(visit: Visit, line: AccountLine, *, last: bool) -> None:
    with box("line", "li") as item:
        address = f'<p class="second">{esc(line.email)}</p>' if line.email else ""
        html(f"{esc(line.provider)}{address}")
        if last:
            return

        async def remove() -> None:
            outcome = await visit.act(identities.unlink, line.id)
            visit.tell(outcome)
            if outcome.done:
                item.delete()
                ui.navigate.reload()

        button("Remove", remove).props(f'aria-label="Remove: {esc(line.provider)}"')
