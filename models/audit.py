"""Audit lines: who did what to which record, when. Never changed, never deleted (triggers see to it)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from models.base import STRICT, Moment


class AuditLine(SQLModel, table=True):
    __tablename__ = "audit_line"
    __table_args__ = (Index("ix_audit_line_subject", "subject", "subject_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    action: str
    subject: str
    subject_id: int
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class AuditSeal(SQLModel, table=True):
    """A link of the chain over the audit lines, in the order in which they were sealed: position 1, 2, 3 …

    Each hash covers the one before it and every word of its line, so that a line which is changed, taken out or put
    in behind the program's back breaks the chain. Lines are sealed soon after the deed, outside its transaction: the
    deeds need not wait for each other.
    """

    __tablename__ = "audit_seal"
    __table_args__ = STRICT

    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    line_id: int = Field(foreign_key="audit_line.id", unique=True)
    hash: str


REFUSED = "audit lines are never changed or deleted"
SQLITE_TRIGGERS = (
    f"""CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line
BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_line_no_delete BEFORE DELETE ON audit_line
BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    # REPLACE deletes without firing delete triggers unless recursive_triggers is on: refuse it at the insert.
    f"""CREATE TRIGGER audit_line_no_replace BEFORE INSERT ON audit_line
WHEN EXISTS (SELECT 1 FROM audit_line WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",  # noqa: S608 -- a constant of this module
)
POSTGRESQL_TRIGGERS = (
    f"""CREATE FUNCTION audit_line_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = '23000'; END $$""",
    """CREATE TRIGGER audit_line_no_change BEFORE UPDATE OR DELETE ON audit_line
FOR EACH ROW EXECUTE FUNCTION audit_line_refuse()""",
    """CREATE TRIGGER audit_line_no_truncate BEFORE TRUNCATE ON audit_line
FOR EACH STATEMENT EXECUTE FUNCTION audit_line_refuse()""",
)
TRIGGERS = {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRESQL_TRIGGERS}

SEALED = "seals of audit lines are never changed or deleted"
SEAL_TRIGGERS = {
    "sqlite": (
        f"CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_seal\nBEGIN SELECT RAISE(ABORT, '{SEALED}'); END",
        f"CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal\nBEGIN SELECT RAISE(ABORT, '{SEALED}'); END",
        f"""CREATE TRIGGER audit_seal_no_replace BEFORE INSERT ON audit_seal
WHEN EXISTS (SELECT 1 FROM audit_seal WHERE position = NEW.position OR line_id = NEW.line_id)
BEGIN SELECT RAISE(ABORT, '{SEALED}'); END""",  # noqa: S608 -- a constant of this module
    ),
    "postgresql": (
        """CREATE TRIGGER audit_seal_no_change BEFORE UPDATE OR DELETE ON audit_seal
FOR EACH ROW EXECUTE FUNCTION audit_line_refuse()""",
        """CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal
FOR EACH STATEMENT EXECUTE FUNCTION audit_line_refuse()""",
    ),
}
