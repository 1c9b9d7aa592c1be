"""The program of this installation: imported once from its file, then the database is the truth."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from models.errors import CannotStart
from models.evaluation import Requirement, Rules
from models.programs import Category, Program, ProgramImport, Track, TrackVersion
from models.programs.files import ProgramFile, TrackFile, TrackVersionFile, read_program
from models.times import local_day
from services import clock, db


@dataclass(frozen=True)
class VersionView:
    id: int
    track_id: int
    track_key: str
    track_name: str
    version: str
    effective_on: date
    published: bool
    years: int
    initial: Rules
    renewal: Rules

    def rules(self, *, renewal: bool) -> Rules:
        return self.renewal if renewal else self.initial


@dataclass(frozen=True)
class ProgramView:
    """The program as plain data; cached until the next import."""

    id: int
    key: str
    name: str
    title: str
    time_zone: str
    settings: dict[str, Any]
    texts: dict[str, Any]
    categories: dict[int, Category]
    tracks: dict[int, Track]
    versions: dict[int, VersionView]

    def version_for(self, track_id: int, day: date) -> VersionView | None:
        """The newest published version in effect on that day."""
        fit = [v for v in self.versions.values() if v.track_id == track_id and v.published and v.effective_on <= day]
        return max(fit, key=lambda version: version.effective_on, default=None)

    def today(self) -> date:
        """The program's local day."""
        return local_day(clock.now(), self.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The program's local day of a moment."""
        return local_day(moment, self.time_zone)

    def category_named(self, key: str) -> Category | None:
        return next((category for category in self.categories.values() if category.key == key), None)


_cached: ProgramView | None = None


def current() -> ProgramView:
    """The program, read once per process and import."""
    global _cached  # noqa: PLW0603 -- published versions never change, so one reading serves the process
    if _cached is None:
        with db.reading() as session:
            _cached = _view(session)
    return _cached


def import_program(key: str) -> bool:
    """Brings the program file into the database; True if it was new.

    Raises CannotStart when a published version differs from its file, or a version was edited in place.
    """
    file = read_program(key)
    with db.writing() as session:
        known = session.get(ProgramImport, (file.key, file.version))
        if known is not None and known.sha256 == file.sha256:
            return False
        program = session.exec(select(Program).where(Program.key == file.key)).first()
        if program is not None:
            _refuse_changed_versions(session, program, file)
        if known is not None:
            raise CannotStart(f"{file.key}.toml was changed but is still version {file.version}: raise its version.")
        _write(session, program, file)
        session.add(
            ProgramImport(program_key=file.key, version=file.version, sha256=file.sha256, imported_at=clock.now())
        )
    forget()
    return True


def forget() -> None:
    """Read the program again at the next use."""
    global _cached  # noqa: PLW0603 -- as in current
    _cached = None


def _refuse_changed_versions(session: Session, program: Program, file: ProgramFile) -> None:
    written = {(track.key, version.version): version for track in file.tracks for version in track.versions}
    rows = session.exec(
        select(Track, TrackVersion)
        .join(TrackVersion, col(TrackVersion.track_id) == Track.id)
        .where(Track.program_id == program.id)
    )
    for track, version in rows:
        asked = written.get((track.key, version.version))
        if version.published and (asked is None or _facts(asked) != _kept(version)):
            raise CannotStart(
                f"Version {version.version} of the track {track.name} is published and cannot change, but "
                f"{file.key}.toml differs: put the new numbers into a new version."
            )


def _facts(version: TrackVersionFile) -> tuple[object, ...]:
    return (version.effective, version.years, version.published, version.requirements())


def _kept(version: TrackVersion) -> tuple[object, ...]:
    return (version.effective_on, version.years, version.published, version.requirements)


def _write(session: Session, program: Program | None, file: ProgramFile) -> None:
    program = program or Program(key=file.key, name="", title="", time_zone="")
    program.name, program.title, program.time_zone = file.name, file.title, file.time_zone
    program.settings = {**file.settings.model_dump(mode="json"), "certificate_prefix": file.certificate_prefix}
    program.texts = {
        "resources": [part.model_dump() for part in file.resources],
        "help": [part.model_dump() for part in file.help],
    }
    session.add(program)
    session.flush()
    assert program.id is not None  # noqa: S101 -- flushed
    for place, part in enumerate(file.categories):
        category = session.exec(
            select(Category).where(Category.program_id == program.id, Category.key == part.key)
        ).first() or Category(program_id=program.id, key=part.key, name="")
        category.name, category.help, category.place = part.name, part.help, place
        session.add(category)
    for place, track_file in enumerate(file.tracks):
        _write_track(session, program.id, track_file, place)


def _write_track(session: Session, program_id: int, file: TrackFile, place: int) -> None:
    track = session.exec(select(Track).where(Track.program_id == program_id, Track.key == file.key)).first() or Track(
        program_id=program_id, key=file.key, name=""
    )
    track.name, track.who, track.place = file.name, file.who, place
    session.add(track)
    session.flush()
    assert track.id is not None  # noqa: S101 -- flushed
    for part in file.versions:
        version = session.exec(
            select(TrackVersion).where(TrackVersion.track_id == track.id, TrackVersion.version == part.version)
        ).first() or TrackVersion(track_id=track.id, version=part.version, effective_on=part.effective, years=1)
        version.effective_on, version.years, version.published = part.effective, part.years, part.published
        version.requirements, version.source, version.note = part.requirements(), part.source, part.note
        session.add(version)


def _view(session: Session) -> ProgramView:
    program = session.exec(select(Program)).one()
    categories = session.exec(select(Category).order_by(col(Category.place)))
    tracks = {track.id: track for track in session.exec(select(Track).order_by(col(Track.place)))}
    look_back = int(program.settings["look_back_years"])
    versions = {}
    for row in session.exec(select(TrackVersion)):
        track = tracks[row.track_id]
        versions[row.id] = VersionView(
            row.id or 0,
            row.track_id,
            track.key,
            track.name,
            row.version,
            row.effective_on,
            row.published,
            row.years,
            _rules(row.requirements.get("initial", ()), look_back),
            _rules(row.requirements.get("renewal", ()), look_back),
        )
    return ProgramView(
        program.id or 0,
        program.key,
        program.name,
        program.title,
        program.time_zone,
        program.settings,
        program.texts,
        {category.id or 0: category for category in categories},
        {key or 0: value for key, value in tracks.items()},
        {key or 0: value for key, value in versions.items()},
    )


def _rules(parts: list[dict[str, Any]], look_back: int) -> Rules:
    return Rules(
        tuple(
            Requirement(part["key"], part["label"], Decimal(part["minimum"]), frozenset(part["categories"]))
            for part in parts
        ),
        look_back,
    )
