"""A table made anew with more columns, as SQLite needs it; the same on every machine."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

Index = tuple[list[str], dict[str, Any]]


@contextmanager
def rebuilt(
    table: str, indexes: Mapping[str, Index], references: Mapping[str, str], checks: Mapping[str, str]
) -> Iterator[BatchOperations]:
    """A batch makes indexes and constraints anew in the order of a set; made here, it is one on every machine."""
    for name in indexes:
        op.drop_index(name, table)
    with op.batch_alter_table(table, reflect_kwargs={"resolve_fks": False}) as batch_op:
        for column, other in references.items():
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), other, [column], ["id"])
        for name, condition in checks.items():
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_{name}"), condition)
        yield batch_op
    for name, (columns, more) in indexes.items():
        op.create_index(name, table, columns, **more)


def add_reference(batch_op: BatchOperations, table: str, column: str, other: str) -> None:
    """A column, empty so far, that names a row of the other table."""
    batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
    batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{column}"), other, [column], ["id"])
