"""What every table shares: names of constraints, STRICT tables, aware UTC moments, whole half-credits."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Enum,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    Uuid,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

STRICT: dict[str, Any] = {"sqlite_strict": True}
HALF = Decimal("0.5")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive value is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return moment
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"  # strftime pads no early year

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC) if value is not None else None


class CreditValue(TypeDecorator[Decimal]):
    """Credits as Decimal in Python, whole half-credits in the database. ValueError for anything between."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        halves = Decimal(value) / HALF
        if not halves.is_finite() or halves != halves.to_integral_value():
            raise ValueError(f"Credits come in steps of .5: {value}")
        return int(halves)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) * HALF


def one_of(column: str, choices: Sequence[str]) -> CheckConstraint:
    """The column holds one of these words."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def unique_where(name: str, *columns: str, where: str) -> Index:
    """A unique index over the rows that meet a condition, on both databases."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def index_where(name: str, *columns: str, where: str) -> Index:
    """An index over the rows that meet a condition, on both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _strict_names() -> None:
    """STRICT tables know only these five type names."""
    names = {
        String: "TEXT",
        Text: "TEXT",
        Enum: "TEXT",
        DateTime: "TEXT",
        Date: "TEXT",
        Uuid: "TEXT",
        JSON: "TEXT",
        Boolean: "INTEGER",
        Float: "REAL",
        LargeBinary: "BLOB",
    }
    for kind, name in names.items():
        compiles(kind, "sqlite")(lambda _element, _compiler, _name=name, **_: _name)


_strict_names()
