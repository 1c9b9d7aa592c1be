"""The recognition list is for everybody, without a script, and takes any address."""

from nicegui.testing import User


async def test_anybody_may_read_it(visitor: User) -> None:
    answer = await visitor.http_client.get("/recognition")
    assert answer.status_code == 200
    assert "Certified in 2026" in answer.text
    assert "<script" not in answer.text


async def test_any_year_and_page_is_answered(visitor: User) -> None:
    for query in ("?year=2023", "?year=x&page=-1", "?year=99999999999999999999&page=9999", "?page=0"):
        assert (await visitor.http_client.get(f"/recognition{query}")).status_code == 200
