"""A person's window in Chromium, and what is often done in it."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Download, Locator, Page, Request, expect

from tests.browser.server import Server


@dataclass
class Window:
    """A page of somebody signed in (or not). What goes wrong in it is collected and told when the test ends."""

    page: Page
    server: Server
    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of console messages that this test provokes on purpose."""

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        self.page.context.on("request", self._watch)

    def open(self, path: str) -> None:
        """A full load; live pages are ready to be used when this returns."""
        self.page.goto(self.server.origin + path)
        self.ready()

    def reload(self) -> None:
        self.page.reload()
        self.ready()

    def ready(self) -> None:
        """Waits until a live page has its connection; plain pages have none."""
        self.page.wait_for_function("!document.querySelector('#app') || window.did_handshake === true")

    def another(self) -> "Window":
        """One more tab of the same person."""
        return Window(self.page.context.new_page(), self.server, self.problems, self.expected)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def row(self, title: str, *texts: str) -> Locator:
        """The one row of a table with exactly this title (or name) and with all these texts somewhere in it."""
        return self.rows(*texts).filter(has=self.page.get_by_text(title, exact=True))

    def rows(self, *texts: str) -> Locator:
        """The rows of tables that hold all these texts; one in capitals is a status and has to be all of its chip."""
        found = self.page.get_by_role("row").filter(has=self.page.get_by_role("cell"))
        for text in texts:
            status = self.page.get_by_text(text, exact=True)
            found = found.filter(has=status) if text.isupper() else found.filter(has_text=text)
        return found

    def toast(self, text: str) -> None:
        expect(self.page.locator(".toast")).to_contain_text(text)

    def arrives(self, path: str) -> None:
        """The address of the window becomes this."""
        self.page.wait_for_url(self.server.origin + path)

    def waiting(self) -> Locator:
        """The button over the queue that tells how many entries wait."""
        return self.page.get_by_role("group", name="Kind of entry").get_by_role("button").first

    def unexpected(self) -> list[str]:
        """What went wrong in this window, apart from what the test provoked."""
        return [text for text in self.problems if not any(part in text for part in self.expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.server.origin + "/", "data:", "blob:")):
            self.problems.append(f"request to another origin: {request.url}")


def save(download: Download, folder: Path) -> Path:
    """Keeps a downloaded file under the name that it was given."""
    path = folder / download.suggested_filename
    download.save_as(path)
    return path
