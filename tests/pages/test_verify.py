"""The public check of a certificate."""

import re
from urllib.parse import quote

import httpx
import pytest
from nicegui.testing import User

from pages._limits import OTHERS, Limiter, network_of
from services import certificate_changes
from tests.pages import records
from tests.pages.certificates import EXPIRED, VALID, code_of, row

UNKNOWN = "0000-0000-0000-0001"


async def get(visitor: User, path: str) -> httpx.Response:
    return await visitor.http_client.get(path)


def shown(response: httpx.Response) -> str:
    """The page without what was typed."""
    return re.sub(r'value="[^"]*"', "", response.text)


async def test_anybody_reads_how_a_certificate_stands(visitor: User) -> None:
    for number, standing, sentence in (
        (VALID, "VALID", "genuine and valid today"),
        (EXPIRED, "EXPIRED", "It was valid until Thu, Nov 23, 2023."),
    ):
        response = await get(visitor, f"/verify/{code_of(number)}")
        assert response.status_code == 200
        for part in (
            f">{standing}</h2>", sentence, "Ruth Ellingson", "Library Administrator", number, code_of(number),
            "Montana State Library", "Sat, Nov 23, 2019" if number == EXPIRED else "Thu, Nov 23, 2023",
        ):  # fmt: skip
            assert part in response.text, part
        assert response.headers["x-robots-tag"] == "noindex"
        assert "script" not in response.headers["content-security-policy"]


async def test_a_revoked_one_is_told_without_the_reason(visitor: User) -> None:
    certificate_changes.revoke(records.actor("coordinator"), VALID, "She moved the credits of a neighbour.")
    text = (await get(visitor, f"/verify/{code_of(VALID)}")).text
    assert ">REVOKED</h2>" in text
    assert "revoked it on Mon, Nov 23, 2026" in text
    assert "neighbour" not in text


async def test_a_superseded_one_names_neither_the_newer_one_nor_the_reason(visitor: User) -> None:
    values = {"name": "Ruth A. Ellingson", "reason": "Her middle name was missing."}
    newer = certificate_changes.supersede(records.actor("coordinator"), VALID, values)
    text = (await get(visitor, f"/verify/{code_of(VALID)}")).text
    assert ">SUPERSEDED</h2>" in text
    assert "a corrected one took its place on Mon, Nov 23, 2026" in text
    assert newer not in text
    assert "middle" not in text
    assert ">VALID</h2>" in (await get(visitor, f"/verify/{code_of(newer)}")).text


async def test_the_code_is_read_as_people_type_it(visitor: User) -> None:
    code = row(VALID).code
    for typed in (code, code.lower(), f" {code[:7]} {code[7:]} ", code.replace("0", "O").replace("1", "l")):
        response = await get(visitor, f"/verify/{quote(typed)}")
        assert f"<dd>{code_of(VALID)}</dd>" in response.text, typed
        redirect = await get(visitor, f"/verify?code={quote(typed)}")
        assert (redirect.status_code, redirect.headers["location"]) == (303, f"/verify/{code_of(VALID)}"), typed


async def test_an_unknown_code_and_none_at_all_get_the_same_answer(visitor: User) -> None:
    unknown = await get(visitor, f"/verify/{UNKNOWN}")
    assert unknown.status_code == 404
    assert "No certificate found" in unknown.text
    for typed in ("abc", "x" * 200, "%3Cscript%3E", "%C3%BC" * 16, "UUUU-UUUU-UUUU-UUUU"):
        other = await get(visitor, f"/verify/{typed}")
        assert (other.status_code, shown(other)) == (404, shown(unknown)), typed


async def test_what_is_no_code_is_told_at_the_field_and_stays_there(visitor: User) -> None:
    empty = (await get(visitor, "/verify")).text
    assert "aria-invalid" not in empty
    for typed, sentence in (("", "Enter the code"), ("   ", "Enter the code"), ("7K3M-9<b>", "This is no certificate")):
        response = await get(visitor, f"/verify?code={quote(typed)}")
        assert response.status_code == 200
        assert re.search(rf'id="code-err">{sentence}', response.text), typed
        assert 'aria-describedby="code-hint code-err"' in response.text
        assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in response.text


async def test_who_checks_too_often_has_to_wait(visitor: User) -> None:
    path = f"/verify/{code_of(VALID)}"
    answers = [await get(visitor, path if number % 2 else f"/verify/{UNKNOWN}") for number in range(31)]
    assert {response.status_code for response in answers[:30]} == {200, 404}
    assert answers[30].status_code == 429
    assert 1 <= int(answers[30].headers["retry-after"]) <= 61
    assert "Ruth" not in answers[30].text
    assert "Too many checks at once" in answers[30].text
    assert (await get(visitor, "/verify")).status_code == 200


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", OTHERS),
    ],
)
def test_an_address_is_counted_with_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_the_count_of_many_networks_does_not_grow_without_end() -> None:
    limiter = Limiter(2, most=3)
    assert [limiter.wait(f"192.0.2.{number}") for number in range(3)] == [0, 0, 0]
    later = [limiter.wait(f"198.51.100.{number}") for number in range(20)]
    assert later[:2] == [0, 0]
    assert all(0 < seconds <= 61 for seconds in later[2:])
    assert limiter.wait("192.0.2.1") == 0
    assert limiter.wait("192.0.2.1") > 0
    limiter.forget()
    assert limiter.wait("198.51.100.9") == 0


async def test_the_first_page_has_the_form(visitor: User) -> None:
    text = (await get(visitor, "/")).text
    assert re.search(r'<form[^>]* method="get" action="/verify"', text)
    assert re.search(r'<label for="code">Certificate code</label>', text)
