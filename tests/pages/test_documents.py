"""Handing a file in by a form, and getting it back as a file that no browser runs."""

from collections.abc import Callable

import httpx
import pytest
from nicegui import app
from nicegui.testing import User
from sqlmodel import select
from starlette.types import Message, Scope

from models.documents import Document
from pages import documents as page
from pages._places import MOST_BYTES as OF_A_FORM
from services import db, document_files
from services.document_check import MOST_BYTES
from tests.handed_in import HTML, SVG, pdf_with, picture
from tests.pages import records

SignIn = Callable[[str], None]
FROM = {"referer": "http://test/user?tab=files", "origin": "http://test"}
JSON = {"accept": "application/json"}


async def hand_in(
    visitor: User, body: bytes, name: str = "Diploma.png", purpose: str = "diploma", **more: object
) -> httpx.Response:
    headers = {**FROM, **more.pop("headers", {})}  # type: ignore[dict-item]
    return await visitor.http_client.post(
        "/documents", data={"purpose": purpose, **more}, files={"file": (name, body, "image/png")}, headers=headers
    )


def rows() -> list[Document]:
    """All but the diploma that the demo comes with."""
    with db.reading() as session:
        return list(session.exec(select(Document).where(Document.name != "diploma.jpg")))


async def test_a_form_leads_back_to_its_page_and_the_file_is_kept(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    answer = await hand_in(visitor, picture("PNG"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/user?tab=files")
    (document,) = rows()
    assert (document.person_id, document.name) == (records.actor("participant").person_id, "Diploma.jpg")


async def test_a_script_gets_the_number(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    answer = await hand_in(visitor, pdf_with(), headers=JSON)
    assert (answer.status_code, answer.json()["name"]) == (201, "Diploma.pdf")
    assert answer.json()["id"] == rows()[0].id


async def test_the_file_comes_back_as_a_file_that_nothing_can_run_or_keep(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    number = (await hand_in(visitor, picture(), name="Žofie's diploma.jpg", headers=JSON)).json()["id"]
    answer = await visitor.http_client.get(f"/documents/{number}")
    assert answer.content == document_files.read(rows()[0].sha256)
    wanted = {
        "content-type": "image/jpeg",
        "content-disposition": 'attachment; filename="_ofie\'s diploma.jpg"; '
        "filename*=UTF-8''%C5%BDofie%27s%20diploma.jpg",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-store",
        "x-frame-options": "DENY",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted


async def test_what_is_refused_is_told_on_a_page_that_leads_back(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for body in (SVG, HTML, b""):
        answer = await hand_in(visitor, body)
        assert answer.status_code == 422
        assert "The file was not taken" in answer.text
        assert 'href="/user?tab=files"' in answer.text
    assert (await hand_in(visitor, SVG, headers=JSON)).json() == {
        "problems": {
            "file": "This is neither a PDF nor a picture (JPEG, PNG, WebP). Save it as a PDF, or take a photo of it."
        }
    }
    assert (await hand_in(visitor, picture(), purpose="homework", headers=JSON)).json() == {
        "problems": {"purpose": "Say what this file is for."}
    }
    assert rows() == []


async def test_who_is_signed_out_hands_nothing_in(visitor: User) -> None:
    answer = await hand_in(visitor, picture())
    assert (answer.status_code, rows()) == (303, [])
    assert answer.headers["location"].startswith("/login")


async def test_another_site_hands_nothing_in(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    answer = await hand_in(visitor, picture(), headers={"origin": "https://evil.example"})
    assert (answer.status_code, rows()) == (403, [])


async def test_the_answer_leads_to_no_other_site(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    for address in ("https://evil.example/user", "http://test//evil.example", "http://test/\\evil.example", ""):
        answer = await hand_in(visitor, picture(), headers={"referer": address})
        assert answer.headers["location"] == "/ce", address


async def test_a_coordinator_hands_in_for_somebody_and_a_participant_does_not(visitor: User, sign_in: SignIn) -> None:
    maria = records.actor("participant").person_id
    sign_in("coordinator")
    assert (await hand_in(visitor, picture(), person=str(maria))).status_code == 303
    sign_in("director")
    assert (await hand_in(visitor, picture(), person=str(maria))).status_code == 404
    assert (await hand_in(visitor, picture(), person="one")).status_code == 404
    assert [document.person_id for document in rows()] == [maria]


async def test_what_is_no_form_with_a_file_is_told(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    post = visitor.http_client.post
    answers = [
        await post("/documents", data={"purpose": "diploma"}, headers=FROM),
        await post("/documents", content=b"x", headers={**FROM, "content-type": "multipart/form-data"}),
        await post("/documents", content=b"x", headers={**FROM, "content-type": "multipart/form-data; boundary=b"}),
        await post("/documents", files=[("file", ("a.png", picture())), ("file", ("b.png", picture()))], headers=FROM),
        await post("/documents", data={"file": "text"}, files={"other": ("a.png", picture())}, headers=FROM),
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 400, 422]
    assert rows() == []


async def test_the_size_that_a_form_states_is_believed_before_anything_is_read(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    answer = await hand_in(visitor, bytes(MOST_BYTES + page.AROUND))
    assert (answer.status_code, answer.text) == (413, "This is more than a form of ours can hold.")
    other = await visitor.http_client.post("/login", content=bytes(OF_A_FORM + 1), headers=FROM)
    assert other.status_code == 413, "other forms hold what they held"


async def test_a_file_of_ten_megabytes_and_one_byte_is_told_its_limit(visitor: User, sign_in: SignIn) -> None:
    sign_in("participant")
    answer = await hand_in(visitor, picture() + bytes(MOST_BYTES + 1 - len(picture())), headers=JSON)
    assert (answer.status_code, rows()) == (422, [])
    assert "more than 10 MB" in answer.json()["problems"]["file"]


@pytest.mark.parametrize("checked", [True, False])
async def test_whoever_lies_about_the_length_is_stopped_while_reading(
    checked: bool, visitor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred megabytes behind a request that speaks of a thousand bytes; the control reads them all."""
    sign_in("participant")
    if not checked:
        monkeypatch.setattr(page, "MOST_BYTES", 300 * 1024**2)
    asked = Asked(visitor.http_client.cookies["aspen"])
    await app(asked.scope, asked.receive, asked.send)
    whole = asked.given == asked.parts
    assert (asked.status, whole) == ((413, False) if checked else (422, True))
    assert asked.read_megabytes < 12 or not checked
    assert rows() == []


class Asked:
    """A request that a server hands on without counting; says how much of it was read."""

    parts = 200

    def __init__(self, token: str) -> None:
        self.given, self.status = 0, 0
        self.scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": "/documents", "raw_path": b"/documents", "query_string": b"", "root_path": "",
            "client": ("127.0.0.1", 5000), "server": ("test", 80), "headers": [
                (b"host", b"test"), (b"cookie", f"aspen={token}".encode()), (b"content-length", b"1000"),
                (b"content-type", b"multipart/form-data; boundary=b"), (b"accept", b"application/json"),
            ],
        }  # fmt: skip

    @property
    def read_megabytes(self) -> int:
        return self.given

    async def receive(self) -> Message:
        head = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\n\r\n' if not self.given else b""
        )
        self.given += 1
        tail = b"\r\n--b--\r\n" if self.given == self.parts else b""
        return {"type": "http.request", "body": head + bytes(1024**2) + tail, "more_body": self.given < self.parts}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
