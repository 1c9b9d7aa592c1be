"""What the migrations make is exactly what the models say: Alembic's own check does not see all of it."""

from pathlib import Path

import pytest

from services import db
from tests.services import schemas


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a migrated database of its own."""


def test_models_and_migrations_agree_in_everything() -> None:
    with db.engine().connect() as connection:
        wanted, found = schemas.from_models(connection), schemas.of(connection)
    assert found.keys() == wanted.keys()
    differences = {name: wanted[name] ^ found[name] for name in wanted if wanted[name] != found[name]}
    assert differences == {}


def test_every_table_is_there_and_the_audit_table_is_guarded() -> None:
    found = schemas.present()
    assert len([name for name in found if name.startswith("table ")]) >= 15
    guards = [name for name in found if name.startswith("trigger audit_line_no_")]
    assert len(guards) == (3 if db.engine().dialect.name == "sqlite" else 2)


@pytest.mark.sqlite
def test_every_table_is_strict() -> None:
    tables = [parts for name, parts in schemas.present().items() if name.startswith("table ")]
    assert all("after the columns: STRICT" in parts for parts in tables)


TAMPERING = {
    "sqlite": {
        "a column": "ALTER TABLE claim ADD COLUMN more TEXT",
        "a table": "DROP TABLE draft",
        "a trigger": "DROP TRIGGER audit_line_no_delete",
        "a partial unique index": "DROP INDEX uq_credit_live",
        "an index over an expression": "DROP INDEX uq_person_email",
        "the condition of an index": "UPDATE sqlite_master SET sql = replace(sql, '''DECLINED'')', '''x'')') "
        "WHERE name = 'uq_credit_live'",
        "a type": "UPDATE sqlite_master SET sql = replace(sql, 'credits INTEGER', 'credits TEXT')",
        "nullability": "UPDATE sqlite_master SET sql = replace(sql, 'credits INTEGER NOT NULL', 'credits INTEGER')",
        "a default": "UPDATE sqlite_master SET sql = replace(sql, 'DEFAULT 0', 'DEFAULT 1')",
        "a CHECK": "UPDATE sqlite_master SET sql = replace(sql, 'credits > 0', 'credits > 1')",
        "STRICT": "UPDATE sqlite_master SET sql = replace(sql, ' STRICT', '') WHERE name = 'claim'",
        "a foreign key": "UPDATE sqlite_master SET sql = replace(sql, 'REFERENCES claim', 'REFERENCES person')",
        "a unique constraint": "UPDATE sqlite_master SET sql = replace(sql, 'UNIQUE (event_id, category_id)', "
        "'UNIQUE (event_id)')",
    },
    "postgresql": {
        "a column": "ALTER TABLE claim ADD COLUMN more TEXT",
        "a table": "DROP TABLE draft",
        "a trigger": "DROP TRIGGER audit_line_no_change ON audit_line",
        "a trigger that is switched off": "ALTER TABLE audit_line DISABLE TRIGGER audit_line_no_change",
        "what a trigger does": "CREATE OR REPLACE FUNCTION audit_line_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "a partial unique index": "DROP INDEX uq_credit_live",
        "an index over an expression": "DROP INDEX uq_person_email",
        "the condition of an index": "DROP INDEX uq_credit_live; CREATE UNIQUE INDEX uq_credit_live "
        "ON credit (person_id, line_id) WHERE status IN ('PENDING', 'APPROVED')",
        "a type": "ALTER TABLE claim ALTER COLUMN waiting_since TYPE TIMESTAMP",
        "nullability": "ALTER TABLE credit ALTER COLUMN credits DROP NOT NULL",
        "a default": "ALTER TABLE letter ALTER COLUMN attempts SET DEFAULT 1",
        "a CHECK": "ALTER TABLE credit DROP CONSTRAINT ck_credit_credits, "
        "ADD CONSTRAINT ck_credit_credits CHECK (credits > 1)",
        "a constraint that old rows may break": "ALTER TABLE credit DROP CONSTRAINT ck_credit_credits, "
        "ADD CONSTRAINT ck_credit_credits CHECK (credits > 0) NOT VALID",
        "a foreign key": "ALTER TABLE credit DROP CONSTRAINT fk_credit_claim_id, "
        "ADD CONSTRAINT fk_credit_claim_id FOREIGN KEY (claim_id) REFERENCES person (id)",
        "what goes with a foreign key": "ALTER TABLE credit DROP CONSTRAINT fk_credit_claim_id, "
        "ADD CONSTRAINT fk_credit_claim_id FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE CASCADE",
        "a unique constraint": "ALTER TABLE certificate DROP CONSTRAINT uq_certificate_number",
        "a sequence": "CREATE SEQUENCE more",
    },
}


def test_the_comparison_sees_every_kind_of_difference() -> None:
    with db.engine().connect() as connection:
        before = schemas.of(connection)
        connection.rollback()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
            connection.rollback()
        for what, tampering in TAMPERING[connection.dialect.name].items():
            connection.exec_driver_sql(tampering)
            assert schemas.of(connection) != before, what
            connection.rollback()
            assert schemas.of(connection) == before, what
            connection.rollback()
        connection.invalidate()
