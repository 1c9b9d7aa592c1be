"""The program's help pages."""

from nicegui.testing import User

PAGES = {
    "getting-started": "Getting Started with Continuing Education",
    "adding-credits": "Adding Credits",
    "applying-or-renewing": "Applying or Renewing Certification",
    "recent-degree": "Recent Degree",
    "printing-your-certificate": "Printing Your Certificate",
}


async def test_the_five_pages_are_listed_and_each_opens(visitor: User) -> None:
    listed = (await visitor.http_client.get("/help")).text
    for slug, title in PAGES.items():
        assert f'href="/help/{slug}"' in listed
        page = await visitor.http_client.get(f"/help/{slug}")
        assert f"<h1>{title}</h1>" in page.text
        assert "<p>" in page.text
