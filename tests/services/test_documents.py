"""Documents: whose they are, where they lie, how many there may be, and what a crash leaves behind."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from models.audit import AuditLine
from models.documents import Document
from models.errors import NotFound, Problems, WrongState
from models.people import Role
from services import audit, clock, db, document_files, documents
from services.access import Actor
from services.documents import safe_name
from tests import make
from tests.handed_in import SVG, picture

PDF, JPEG = "application/pdf", "image/jpeg"


@pytest.fixture
def ann(database: Path) -> Actor:
    return make.person()


@pytest.fixture
def folder(database: Path) -> Path:
    return database.parent / "documents"


def kept_by(actor: Actor, body: bytes = b"", *, name: str = "Diploma.jpg") -> Document:
    return documents.keep(actor, actor.person_id, "diploma", name, body or picture())


def rows() -> list[Document]:
    with db.reading() as session:
        return list(session.exec(select(Document)))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_document_is_kept_by_its_hash_and_opened_again(ann: Actor, folder: Path) -> None:
    document = kept_by(ann)
    opened = documents.open_one(ann, document.id or 0)
    assert (opened.name, opened.media_type, len(opened.body)) == ("Diploma.jpg", JPEG, document.size)
    assert document_files.sha256_of(opened.body) == document.sha256
    assert files(folder) == [document.sha256]
    assert (folder / document.sha256[:2] / document.sha256).read_bytes() == opened.body


def test_who_keeps_it_and_when_stands_in_the_row_and_in_the_audit_lines(ann: Actor) -> None:
    document = kept_by(ann)
    with db.reading() as session:
        line = session.exec(select(AuditLine).where(AuditLine.action == "document:kept")).one()
        told = audit.history(session, ann.person_id)
    assert (line.subject_id, line.actor_id, line.person_id) == (document.id, ann.person_id, ann.person_id)
    assert (document.kept_by_id, document.kept_at) == (ann.person_id, clock.now())
    assert [one.what for one in told] == ["Handed in the file “Diploma.jpg”."]


def test_nobody_but_its_owner_and_a_coordinator_opens_it_and_foreign_is_like_missing(ann: Actor) -> None:
    document = kept_by(ann)
    assert documents.open_one(make.coordinator(), document.id or 0).name == "Diploma.jpg"
    others = (make.person("Dia Dunn"), make.person("Abe Admin", roles=(Role.ADMINISTRATOR,)))
    sentences = set()
    for other in others:
        for number in (document.id or 0, 999_999):
            with pytest.raises(NotFound) as refused:
                documents.open_one(other, number)
            sentences.add(str(refused.value))
    assert len(sentences) == 1


def test_a_coordinator_keeps_one_for_somebody_and_nobody_else_does(ann: Actor) -> None:
    cem = make.coordinator()
    document = documents.keep(cem, ann.person_id, "diploma", "x.jpg", picture())
    assert (document.person_id, document.kept_by_id) == (ann.person_id, cem.person_id)
    with pytest.raises(NotFound):
        documents.keep(make.person("Dia Dunn"), ann.person_id, "diploma", "x.jpg", picture())
    with pytest.raises(NotFound):
        documents.keep(cem, 999_999, "diploma", "x.jpg", picture())


def test_a_document_that_was_removed_is_missing(ann: Actor) -> None:
    number = kept_by(ann).id or 0
    with db.writing() as session:
        session.get_one(Document, number).removed_at = clock.now()
    with pytest.raises(NotFound):
        documents.open_one(ann, number)


def test_what_is_refused_leaves_neither_row_nor_file(ann: Actor, folder: Path) -> None:
    for purpose, body in (("diploma", SVG), ("diploma", b""), ("homework", picture())):
        with pytest.raises(Problems):
            documents.keep(ann, ann.person_id, purpose, "x.png", body)
    assert (rows(), files(folder)) == ([], [])


def test_the_same_file_twice_lies_there_once(ann: Actor, folder: Path) -> None:
    first, second = kept_by(ann), kept_by(make.person("Dia Dunn"))
    assert first.sha256 == second.sha256
    assert len(files(folder)) == 1


def test_what_lies_there_is_for_this_account_alone(ann: Actor, folder: Path) -> None:
    place = document_files.path_of(kept_by(ann).sha256)
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_there_is_room_for_so_many_files(ann: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_FILES", 2)
    kept_by(ann)
    kept_by(ann)
    with pytest.raises(Problems, match="There is room for 2 files") as refused:
        kept_by(ann)
    assert list(refused.value.by_field) == ["file"]
    kept_by(make.person("Dia Dunn"))


def test_there_is_room_for_so_much_together(ann: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_TOGETHER", kept_by(ann).size + 100)
    with pytest.raises(Problems, match="used up"):
        kept_by(ann)


def test_two_files_at_once_do_not_both_take_the_last_place(ann: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_FILES", 3)
    start = threading.Barrier(6)

    def hand_in(number: int) -> bool:
        body = picture(size=(100 + number, 100))
        start.wait()
        try:
            kept_by(ann, body)
        except Problems:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(hand_in, range(6))) == 3
    assert len(rows()) == 3


def test_a_file_that_the_disk_lost_or_changed_is_not_shown(ann: Actor) -> None:
    document = kept_by(ann)
    place = document_files.path_of(document.sha256)
    place.write_bytes(place.read_bytes() + b"x")
    with pytest.raises(WrongState, match="not there any more as it was kept"):
        documents.open_one(ann, document.id or 0)
    place.unlink()
    with pytest.raises(WrongState):
        documents.open_one(ann, document.id or 0)
    kept_by(ann)
    assert documents.open_one(ann, document.id or 0).body, "handed in again, it is there again"


def test_a_crash_before_the_row_leaves_a_file_that_the_sweep_takes_after_a_day(
    ann: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = kept_by(ann)

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(audit, "record", crash)
        kept_by(ann, picture(size=(90, 90)))
    aside = folder / "ab" / ".0123456789abcdef"
    aside.parent.mkdir(exist_ok=True)
    aside.write_bytes(b"half")
    foreign = folder / "ab" / "notes.txt"
    foreign.write_text("not ours")
    assert len(files(folder)) == 4
    make_old(folder, timedelta(hours=23))
    assert documents.sweep() == 0
    make_old(folder, timedelta(hours=25))
    assert documents.sweep() == 2
    assert files(folder) == sorted([document.sha256, "notes.txt"])
    assert documents.open_one(ann, document.id or 0).body


def test_an_old_orphan_that_is_handed_in_again_while_the_sweep_runs_is_there_in_the_end(ann: Actor) -> None:
    """The sweep takes the file between writing and row; the deed notices before it is saved."""
    put = document_files.put
    taken: list[int] = []

    def put_and_lose(body: bytes) -> None:
        put(body)
        if not taken:
            taken.append(1)
            document_files.path_of(document_files.sha256_of(body)).unlink()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_files, "put", put_and_lose)
        document = kept_by(ann)
    assert documents.open_one(ann, document.id or 0).body


@pytest.mark.parametrize(
    ("came", "media_type", "kept"),
    [
        ("Diploma.PDF", PDF, "Diploma.pdf"),
        ("evil.php.png", JPEG, "evil.php.jpg"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("..\\..\\windows\\system32\\cmd.exe", PDF, "cmd.pdf"),
        ("a/b/", JPEG, "document.jpg"),
        ("", PDF, "document.pdf"),
        ("...", PDF, "document.pdf"),
        (".htaccess", PDF, "htaccess.pdf"),
        ('a"; filename="b.exe', PDF, "a filename b.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", PDF, "a Set-Cookie x 1.pdf"),
        ("gpj\u202efdp.exe", PDF, "gpj fdp.pdf"),
        ("null\x00byte.jpg", JPEG, "null byte.jpg"),
        ("Zeugnis Žofie Łukasiewicz (2019).jpeg", JPEG, "Zeugnis Žofie Łukasiewicz (2019).jpg"),
        ("<img src=x onerror=alert(1)>.png", JPEG, "img src x onerror alert(1).jpg"),
        ("x" * 500 + ".pdf", PDF, "x" * 100 + ".pdf"),
        ("CON.pdf", PDF, "CON.pdf"),
    ],
)
def test_a_name_is_only_shown_and_made_safe_for_that(came: str, media_type: str, kept: str) -> None:
    assert safe_name(came, media_type) == kept


def test_what_is_no_hash_names_no_file(database: Path) -> None:
    for name in ("../aspen.sqlite3", "A" * 64, "", "0" * 63):
        with pytest.raises(ValueError, match="SHA-256"):
            document_files.path_of(name)


def make_old(folder: Path, age: timedelta) -> None:
    moment = (clock.now() - age).timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (moment, moment))
