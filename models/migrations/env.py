"""Alembic's environment: one transaction per upgrade on both databases, foreign keys checked at its end."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import AutoString, SQLModel

from models.base import CreditValue, Moment


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=_render_own_type,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if broken:
            raise RuntimeError(f"The migration breaks foreign keys: {broken[:3]}")


def _render_own_type(kind: str, thing: object, _autogen: object) -> str | Literal[False]:
    if kind == "type" and isinstance(thing, (Moment, CreditValue)):
        return f"{type(thing).__name__}()"
    if kind == "type" and isinstance(thing, AutoString):
        return f"AutoString({thing.length or ''})"
    return False


run(context.config.attributes["connection"])
