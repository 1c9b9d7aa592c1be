"""The `aspen` console command: arguments only."""

import runpy
import sys
from pathlib import Path
from typing import Annotated

import typer

from models.errors import CannotStart, Refusal
from services import audit_chain, backup, demo, imports, installation, migrations, reminders, restore, roles
from services import settings as settings_

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="ASPeN Continuing Education. Settings come from the environment, ASPEN_…; see the README.",
)
File = Annotated[Path, typer.Argument(help="A CSV file, UTF-8, with a header.")]


def main() -> None:
    """Refusals end with one sentence and exit code 1."""
    try:
        app()
    except (CannotStart, Refusal) as refusal:
        sys.exit(f"aspen: {refusal}")


@app.command()
def serve() -> None:
    """Serve the app on ASPEN_HOST and ASPEN_PORT."""
    settings = settings_.read_settings()
    print(f"ASPeN Continuing Education: {settings.base_url} (Ctrl-C ends it)", flush=True)
    try:
        runpy.run_module("main", run_name="__main__")
    except KeyboardInterrupt:
        print("Ended.")


@app.command()
def migrate() -> None:
    """Bring the database to the tables of this version; SQLite after a backup."""
    settings = settings_.read_settings()
    installation.connect(settings)
    print("Migrated." if migrations.migrate(settings) else "Nothing to do: the database is up to date.")


@app.command("demo")
def demo_() -> None:
    """Make the demo's database (needs ASPEN_DEMO=1); `aspen serve` then serves it."""
    settings = settings_.read_settings()
    if not settings.demo:
        raise CannotStart("Set ASPEN_DEMO=1 to make the demo's database.")
    installation.open_with(settings)
    for person in demo.five():
        print(f"{person.label}: {person.name}. {person.about}")


@app.command("import-events")
def import_events(file: File) -> None:
    """title,begins,ends,time_zone,sponsor,presenter,category,credits,location,online,source"""
    _import(file, "events", imports.import_events)


@app.command("import-libraries")
def import_libraries(file: File) -> None:
    """library,city,kind"""
    _import(file, "libraries", imports.import_libraries)


@app.command("import-people")
def import_people(file: File) -> None:
    """last_name,first_name,email,library,position,begins,ends"""
    _import(file, "people and positions", imports.import_people)


@app.command("backup")
def backup_(to: Annotated[Path | None, typer.Option(help="The folder; else ASPEN_BACKUP_DIR.")] = None) -> None:
    """Write the whole installation into one verified file, while the app may be serving."""
    settings = settings_.read_settings()
    installation.connect(settings)
    print(backup.back_up(settings, to))


@app.command("restore")
def restore_(
    file: Annotated[Path, typer.Argument(help="A file that `aspen backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put the database that is there aside.")] = False,
) -> None:
    """Put the installation back as it was when the backup was made. The app must not be running."""
    settings = settings_.read_settings()
    installation.connect(settings)
    done = restore.restore(settings, file, replace=replace)
    print(f"Restored, as it was at {done.made_at}. Everybody signs in anew.")
    if done.letters:
        print(f"{done.letters} letters wait to be sent; those that went out since the backup would go out again.")
    if done.aside:
        print(f"What was there before: {done.aside}")
    if done.problem:
        raise Refusal(f"It is restored, but its audit lines are not as they were written. {done.problem}")


@app.command("audit")
def audit_(anchor: Annotated[str, typer.Option(help="POSITION:HASH of a daily letter.")] = "") -> None:
    """Verify the chain over the audit lines: whether any was changed or removed."""
    _open()
    audit_chain.seal()
    found = audit_chain.verify(anchor)
    if found.problem:
        raise Refusal(found.problem)
    print(f"{found.lines} lines, each as it was written. The chain ends with {found.head}")


@app.command()
def grant(role: str, email: str) -> None:
    """Give a person the role coordinator or administrator."""
    _open()
    print(f"{roles.grant(role, email)} is {role} now.")


@app.command()
def remind(
    *, dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be told; write nothing.")] = False
) -> None:
    """Write today's reminders of due days now; those that were written already are not written again."""
    _open()
    told = reminders.remind(dry_run=dry_run)
    for one in told:
        board = f", and the board chair {one.board_chair}" if one.board_chair else ""
        print(f"{one.person}{board}: {one.track}, due {one.due_on.isoformat()} ({one.days} days before)")
    done = "would be reminded" if dry_run else "reminded"
    print(f"{len(told)} {done}.")


def _import(file: Path, what: str, read: "imports.Importer") -> None:
    _open()
    done = read(file)
    print(f"{file.name}: {done.new} new {what}, {done.known} were there already.")


def _open() -> None:
    installation.open_with(settings_.read_settings())
