"""NUL and halves of surrogate pairs, which no database keeps, in every text that a deed is given: never a fault."""

import dataclasses
import inspect
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlmodel import select

from models.audit import AuditLine
from models.errors import Problems, Refusal
from models.libraries import Library
from services import certificate_pages, db, drafts, identities, imports, installation, profile, review, sign_in
from services.settings import Settings
from tests import make
from tests.make import NOON
from tests.pages.records import FIVE, actor
from tests.services.test_who_may import FOREIGN, OWN, RULES, arguments, deeds, expected

BAD = ("\0\ud800", "a\0b\udfffc")
MORE = {
    "subject": "A subject", "body": "{sentences} {link}", "library": "1", "kind": "staff", "begins": "2020-01-01",
    "ends": "", "phone": "406", "email": "somebody@example.org", "note": "A note", "name": "Ann Ames",
    "city": "Butte", "other_library": "", "verifier_name": "Vera", "verifier_email": "vera@example.org", "track": "1",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo_address(postgresql: Callable[[], str]) -> Iterator[Callable[[str], str]]:
    """The demo on PostgreSQL, and the way to a database beside it."""
    server = make_url(postgresql()).set(drivername="postgresql")

    def run(statement: str) -> None:
        with psycopg.connect(server.set(database="postgres").render_as_string(False), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def copy(source: str, target: str) -> str:
        run(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        run(f"CREATE DATABASE {target} TEMPLATE {source}")
        return server.set(database=target).render_as_string(False)

    installation.open_with(Settings(demo=True, demo_now=NOON, database_url=copy("aspen_template", "aspen_demo")))
    installation.close()
    yield lambda name: copy("aspen_demo", name)


@pytest.fixture
def demo(database: Path, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """A copy of the demo in place of the test's own database, of the same kind."""
    told: dict[str, Any] = {"data_dir": tmp_path, "demo": True, "demo_now": NOON}
    if db.engine().dialect.name == "sqlite":
        shutil.copy(request.getfixturevalue("demo_template"), tmp_path / "demo.sqlite3")
    else:
        installation.close()
        told["database_url"] = request.getfixturevalue("demo_address")("aspen_spoilt")
    installation.connect(Settings(**told))
    yield
    installation.close()


def spoilt(given: Any) -> Iterator[Any]:
    """The same with one text after the other spoilt, in whatever it is given."""
    if isinstance(given, str):
        yield BAD[0]
        yield given + BAD[1]
    elif isinstance(given, Mapping):
        yield from ({**given, name: bad} for name, one in given.items() for bad in spoilt(one))
    elif isinstance(given, list):
        yield from ([bad] for one in given for bad in spoilt(one))
    elif dataclasses.is_dataclass(given) and not isinstance(given, type):
        for part in dataclasses.fields(given):
            yield from (dataclasses.replace(given, **{part.name: bad}) for bad in spoilt(getattr(given, part.name)))


def texts_of(deed: Callable[..., Any]) -> list[str]:
    """The parameters that are texts or hold some."""
    parameters = list(inspect.signature(deed).parameters.values())[1:]
    return [one.name for one in parameters if "str" in str(one.annotation) or one.name in {"wanted", "told"}]


FORMS = {"was": {"title": "As it was"}}
"""What a form was filled with is no text, but holds some."""


def given(deed: Callable[..., Any], name: str, key: str, whose: str) -> dict[str, Any]:
    """What the deed needs, and the text that it could do without."""
    found = {name: FORMS.get(name, "")} | arguments(deed, key, whose)
    if isinstance(found.get("values"), dict):
        found["values"] |= {part: one for part, one in MORE.items() if part not in found["values"]}
    return found


def faults_of(name: str, deed: Callable[..., Any]) -> Iterator[tuple[str, str, Any, str]]:
    """What of its texts it falters over, done by one of the five who may."""
    cases = ((key, whose) for whose in (FOREIGN, OWN) for key in FIVE)
    key, whose = next((case for case in cases if expected(RULES[name], *case)), ("participant", OWN))
    for part in texts_of(deed):
        for bad in spoilt(given(deed, part, key, whose)[part]):
            try:
                deed(actor(key), **(given(deed, part, key, whose) | {part: bad}))
            except Refusal:
                pass
            except Exception as fault:
                yield name, part, bad, repr(fault)[:200]


@pytest.mark.slow
def test_no_deed_falters_over_them(demo: None) -> None:
    """Last those after which somebody cannot act any more."""
    ordered = sorted(deeds().items(), key=lambda item: item[0] in {"people_changes.close", "merges.merge"})
    asked = {name: deed for name, deed in ordered if texts_of(deed)}
    assert len(asked) > 40
    assert [fault for name, deed in asked.items() for fault in faults_of(name, deed)] == []


def test_what_anybody_may_ask_does_not_falter(demo: None) -> None:
    looks: list[Callable[[str], object]] = [
        sign_in.who,
        certificate_pages.verify,
        profile.email_behind,
        profile.confirm_email,
        identities.provider_behind,
        lambda bad: identities.begin(bad, "/ce"),
        lambda bad: identities.finish(bad, {"state": bad, "code": bad}, sign_in.Visitor("", ""), None),
    ]
    for look in looks:
        for bad in BAD:
            with suppress(Refusal):
                look(bad)


def test_they_are_left_out_of_what_is_kept(database: Path) -> None:
    ann, cem = make.person(), make.coordinator()
    review.decline(cem, [make.own_entry(ann, "Story\0 Hours\ud800")], " Not a\0 course. \udfff")
    drafts.keep(ann, "independent event", "title", "Sto\0ry\ud800 \U0001f600")
    assert drafts.kept(ann, "independent event") == {"title": "Story \U0001f600"}
    with db.reading() as session:
        told = [line.details for line in session.exec(select(AuditLine).order_by(text("id")))]
    assert told == [{"title": "Story Hours"}, {"title": "Story Hours", "reason": "Not a course."}]


def test_a_reason_of_such_signs_alone_is_none(database: Path) -> None:
    ann, cem = make.person(), make.coordinator()
    with pytest.raises(Problems, match="Say why"):
        review.decline(cem, [make.own_entry(ann)], "\0 \ud800")


def test_in_a_name_they_are_told_at_the_field(database: Path) -> None:
    wanted = {"first_name": "An\0n", "last_name": "Ames\ud800", "phone": "", "email": "ann@example.org"}
    with pytest.raises(Problems) as told:
        profile.change(make.person(), wanted)
    assert set(told.value.by_field) == {"first_name", "last_name"}
    assert "signs that cannot be seen" in told.value.by_field["first_name"]


def test_a_file_with_them_is_read_as_if_they_were_not_there(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "libraries.csv"
    file.write_text("library,city,kind\nButte\0 Library,Butte,public\n", encoding="utf-8")
    assert imports.import_libraries(file) == imports.Imported(1, 0)
    assert imports.import_libraries(file) == imports.Imported(0, 1)
    with db.reading() as session:
        assert session.exec(select(Library.name)).all() == ["Butte Library"]
