"""The two column types: moments that refuse to be naive, credits in whole halves."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from models.base import CreditValue, Moment

SQLITE, POSTGRESQL = SQLiteDialect_pysqlite(), PGDialect_psycopg()
both = pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def test_sqlite_keeps_a_moment_as_text_that_sorts_by_time() -> None:
    denver = datetime(2026, 9, 17, 10, 0, tzinfo=timezone(timedelta(hours=-6)))
    assert Moment().process_bind_param(denver, SQLITE) == "2026-09-17T16:00:00.000000Z"


@both
@given(st.datetimes(datetime(1990, 1, 2), datetime(2200, 1, 1), timezones=offsets))  # noqa: DTZ001
def test_a_moment_comes_back_as_the_same_moment_in_utc(dialect: Dialect, moment: datetime) -> None:
    column = Moment()
    back = column.process_result_value(column.process_bind_param(moment, dialect), dialect)
    assert back == moment
    assert back is not None
    assert back.utcoffset() == timedelta(0)


@both
def test_a_naive_moment_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        Moment().process_bind_param(datetime(2026, 9, 17, 10, 0), dialect)  # noqa: DTZ001


@both
def test_no_moment_stays_none(dialect: Dialect) -> None:
    assert Moment().process_bind_param(None, dialect) is None
    assert Moment().process_result_value(None, dialect) is None
    assert CreditValue().process_bind_param(None, dialect) is None
    assert CreditValue().process_result_value(None, dialect) is None


@given(st.integers(1, 10_000))
def test_credits_are_whole_halves_in_the_database_and_decimal_outside(halves: int) -> None:
    value = CreditValue().process_result_value(halves, SQLITE)
    assert value == Decimal(halves) / 2
    assert CreditValue().process_bind_param(value, SQLITE) == halves


@pytest.mark.parametrize("value", ["0.25", "1.1", "0.75", "1.4999999", "NaN", "Infinity", "-Infinity"])
def test_anything_between_two_halves_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"steps of \.5"):
        CreditValue().process_bind_param(Decimal(value), SQLITE)


def test_moments_in_text_sort_as_moments_do() -> None:
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=step * 333) for step in range(9)]
    texts = [Moment().process_bind_param(moment, SQLITE) for moment in moments]
    assert texts == sorted(texts)
