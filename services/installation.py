"""Opening and closing this installation: settings, clock, database, program, demo."""

from sqlmodel import select

from models.errors import CannotStart
from models.installation import DEMO, InstallationFact
from models.people import Person
from services import clock, db, demo, migrations, programs
from services.settings import Settings

_settings: Settings | None = None


def open_with(settings: Settings) -> None:
    """Ready to serve: migrated, the program imported, the demo seeded. Raises CannotStart with one sentence."""
    connect(settings)
    migrations.require_current(settings)
    _check_marker(settings)
    programs.import_program(settings.program)
    if settings.demo:
        demo.prepare()


def connect(settings: Settings) -> None:
    """Only the database and the clock, for commands that come before the rest."""
    global _settings  # noqa: PLW0603 -- one installation per process
    _settings = settings
    clock.fix(settings.demo_now)
    programs.forget()
    path = settings.sqlite_path()
    if path is None:
        db.connect(settings.database_url)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        name = "ASPEN_DATABASE_URL" if settings.database_url else "ASPEN_DATA_DIR"
        raise CannotStart(f"{name} cannot be used: {error}.") from error
    db.connect(path)


def settings() -> Settings:
    if _settings is None:
        raise RuntimeError("open_with() first")
    return _settings


def is_ready() -> bool:
    """Migrated, a program there, and in the demo seeded."""
    if _settings is None:
        return False
    try:
        if not migrations.is_current():
            return False
        programs.current()
        return not _settings.demo or demo.is_seeded()
    except Exception:  # whatever is wrong, it is not ready; the start tells what
        return False


def close() -> None:
    db.disconnect()


def _check_marker(settings: Settings) -> None:
    """A database of invented people is never a real one, and the other way round."""
    with db.reading() as session:
        is_demo = session.get(InstallationFact, DEMO) is not None
        has_people = session.exec(select(Person.id).limit(1)).first() is not None
    if settings.demo and has_people and not is_demo:
        raise CannotStart(
            "ASPEN_DEMO=1, but this database holds people who are not the demo's: unset ASPEN_DEMO, "
            "or give another ASPEN_DATA_DIR."
        )
    if not settings.demo and is_demo:
        raise CannotStart("This database was made by the demo: give a real installation a database of its own.")
