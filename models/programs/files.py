"""Program files: the TOML that a program is imported from, read and checked."""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
    field_validator,
    model_validator,
)

from models.base import HALF
from models.errors import CannotStart
from models.times import is_zone

FOLDER = Path(__file__).parent


def read_program(key: str) -> "ProgramFile":
    """The program file of that key. Raises CannotStart with one sentence on what is wrong with it."""
    path = FOLDER / f"{key}.toml"
    if not key.isidentifier() or not path.is_file():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise CannotStart(f"There is no program '{key}'; ASPEN_PROGRAM may be: {known}.")
    content = path.read_bytes()
    try:
        program = ProgramFile.model_validate(tomllib.loads(content.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotStart(f"{path.name} is not a readable TOML file: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        parts = (path.name, where, first["msg"].removeprefix("Value error, "))
        raise CannotStart(f"{': '.join(part for part in parts if part)}.") from error
    program.sha256 = hashlib.sha256(content).hexdigest()
    return program


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=False)


def _in_half_steps(value: Decimal) -> Decimal:
    if value <= 0 or value % HALF:
        raise ValueError("a minimum is a positive multiple of 0.5")
    return value


def _refuse_twice(what: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise ValueError(f"{what} {name} comes twice")


Credits = Annotated[Decimal, AfterValidator(_in_half_steps)]


class RequirementFile(_Part):
    """A minimum of credits; without categories any category counts."""

    key: str
    label: str
    minimum: Credits
    categories: tuple[str, ...] = ()


class TrackVersionFile(_Part):
    version: str
    effective: date
    published: bool
    years: PositiveInt
    source: str = ""
    note: str = ""
    initial: tuple[RequirementFile, ...]
    renewal: tuple[RequirementFile, ...] = ()

    @model_validator(mode="after")
    def _published_has_requirements(self) -> "TrackVersionFile":
        if self.published and not (self.initial and self.renewal):
            raise ValueError(f"the published version {self.version} needs initial and renewal requirements")
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> "TrackVersionFile":
        for parts in (self.initial, self.renewal):
            _refuse_twice("the requirement", (part.key for part in parts))
            _refuse_twice("the label", (part.label for part in parts))
        return self

    def requirements(self) -> dict[str, list[dict[str, object]]]:
        """Both sets as plain data for the database."""
        sets = {"initial": self.initial, "renewal": self.renewal}
        return {name: [part.model_dump(mode="json") for part in parts] for name, parts in sets.items()}


class TrackFile(_Part):
    key: str
    name: str
    who: str = ""
    versions: tuple[TrackVersionFile, ...]

    @model_validator(mode="after")
    def _told_apart(self) -> "TrackFile":
        _refuse_twice("the version", (version.version for version in self.versions))
        return self


class CategoryFile(_Part):
    key: str
    name: str
    help: str = ""


Step = Literal["review", "verification"]


class SettingsFile(_Part):
    """How the program wants to be run; days and years as whole numbers. What is 0 or empty, the program does not have.

    `director_tracks` are what a new director earns within `new_director_years` of being hired, and what a library
    degree in `degrees` (short and full name) of the last `degree_years` stands for.
    """

    claims: Literal["each", "at_submission"] = "each"
    claim_window_days: PositiveInt = 365
    look_back_years: PositiveInt = 4
    smallest_credit: Credits = HALF
    first_due_years: NonNegativeInt = 0
    renewal_years: PositiveInt = 4
    steps: tuple[Step, Step] = ("review", "verification")
    director_tracks: tuple[str, ...] = ()
    new_director_years: NonNegativeInt = 0
    degrees: dict[str, str] = {}
    degree_years: PositiveInt = 4
    reminder_days: tuple[PositiveInt, ...] = ()
    link_days: PositiveInt = 30
    link_reminder_days: PositiveInt = 7
    evidence_days: PositiveInt = 30
    credit_by: Literal["attendance", "registration"] = "attendance"
    partial_credit: bool = True
    event_reminder_hours: NonNegativeInt = 24
    semester_factor: NonNegativeInt = 0
    quarter_factor: NonNegativeInt = 0
    presenting_factor: NonNegativeInt = 0
    presenting_times: PositiveInt = 2
    contact_name: str
    contact_email: str

    @field_validator("reminder_days")
    @classmethod
    def _far_ones_first(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if list(value) != sorted(set(value), reverse=True):
            raise ValueError("the reminders are days before the due date, each once, the farthest first")
        return value

    @field_validator("steps")
    @classmethod
    def _both_steps(cls, value: tuple[Step, Step]) -> tuple[Step, Step]:
        if set(value) != {"review", "verification"}:
            raise ValueError("the steps are review and verification, in the order of the program")
        return value


class ResourceFile(_Part):
    title: str
    href: str


class HelpFile(_Part):
    slug: str
    title: str
    summary: str
    body: str


class ProgramFile(_Part):
    key: str
    version: str
    name: str
    title: str
    time_zone: str
    certificate_prefix: str
    settings: SettingsFile
    categories: tuple[CategoryFile, ...]
    tracks: tuple[TrackFile, ...]
    resources: tuple[ResourceFile, ...] = ()
    help: tuple[HelpFile, ...] = ()
    sha256: str = ""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if not is_zone(value):
            raise ValueError(f"{value} is not a time zone")
        return value

    @model_validator(mode="after")
    def _known_categories(self) -> "ProgramFile":
        _refuse_twice("the category", (category.key for category in self.categories))
        _refuse_twice("the track", (track.key for track in self.tracks))
        if unknown := set(self.settings.director_tracks) - {track.key for track in self.tracks}:
            raise ValueError(f"director_tracks names the unknown track {unknown.pop()}")
        known = {category.key for category in self.categories}
        for track in self.tracks:
            for version in track.versions:
                for part in (*version.initial, *version.renewal):
                    if unknown := set(part.categories) - known:
                        raise ValueError(f"track {track.key} names the unknown category {unknown.pop()}")
        return self
