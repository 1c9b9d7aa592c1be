"""Takes pictures of a served demo with Chromium."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from models.credits import CreditStatus
from models.events import EventKind
from tests.browser.server import Server, beside
from tests.browser.windows import Window
from tests.pages import calendar_records, certificates, records

Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((390, 844), (768, 1024), (1280, 800))
MOST_BYTES = 250 * 1024
"""A README with heavier pictures is slow to open."""


@dataclass(frozen=True)
class Shot:
    """A screen in one state, as the person sees it whom it is for.

    `{ruth}` and the like in the path are numbers of `Studio.find`. An `overlay` lies over the page and goes away when
    the window changes its size: it is prepared for each size, and shown as the window shows it.
    """

    name: str
    who: str
    path: str
    prepare: Callable[[Window, "Studio"], None] = lambda _window, _studio: None
    overlay: bool = False
    docs: Mapping[str, Size] = field(default_factory=dict)
    """Pictures of the README, each with the size of its window."""


@dataclass
class Studio:
    """The served demo, what is in it, and the windows on it."""

    server: Server
    browser: Browser
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = self.find()

    def take(self, shot: Shot, folder: Path) -> Iterator[Path]:
        """One picture for each size; of the whole page, unless something lies over it."""
        folder.mkdir(parents=True, exist_ok=True)
        window = self._stage(shot, SIZES[0])
        for size in SIZES:
            if shot.overlay and size != SIZES[0]:
                self._leave(window)
                window = self._stage(shot, size)
            window.page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
            path = folder / f"{shot.name}-{size[0]}.png"
            yield self._expose(window, path, whole=not shot.overlay)
        self._leave(window)

    def take_for_docs(self, shot: Shot, folder: Path) -> Iterator[Path]:
        """What a window of that size shows first. Raises ValueError for a picture that is too heavy."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, size in shot.docs.items():
            window = self._stage(shot, size)
            window.page.evaluate("scrollTo(0, 0)")
            path = self._expose(window, folder / name, whole=False)
            self._leave(window)
            if path.stat().st_size > MOST_BYTES:
                raise ValueError(f"{name} has {path.stat().st_size // 1024} kB.")
            yield path

    def open(self, who: str, size: Size = SIZES[1]) -> Window:
        """A window of one of the five, or of nobody."""
        context = self.browser.new_context(
            viewport=ViewportSize(width=size[0], height=size[1]), locale="en-US", reduced_motion="reduce"
        )
        if who:
            context.request.post(f"{self.server.origin}/login", form={"as": who}).dispose()
        return Window(context.new_page(), self.server)

    def find(self) -> dict[str, int | str]:
        """The numbers of people, claims and events, and the codes of certificates, that screens are shown with."""
        declined, approved = CreditStatus.DECLINED, CreditStatus.APPROVED
        with beside(self.server):
            return {
                "maria": records.person("Maria Delgado"),
                "ruth": records.person("Ruth Ellingson"),
                "joanna": records.person("Joanna Birdsong"),
                "maria_track": records.participation_of("participant"),
                "ruth_track": records.participation_of("director"),
                "thomas_track": records.participation_of("board_chair"),
                "handed_in": records.handed_in(),
                "pending_claim": records.claim_of("participant", kind=EventKind.SPONSORED),
                "pending_event": records.claim_of("director", kind=EventKind.INDEPENDENT),
                "approved": records.claim_of("participant", approved, EventKind.SPONSORED),
                "declined": records.claim_of("participant", declined, EventKind.INDEPENDENT),
                "past_event": records.sponsored(),
                "coming_event": records.sponsored(ended=False),
                "valid_code": certificates.code_of(certificates.VALID),
                "expired_code": certificates.code_of(certificates.EXPIRED),
                "evidence_asked": records.evidence_of("board_chair"),
                "evidence_received": records.evidence_received_of("director"),
                "sample": records.sample_of("director"),
                "letter": records.letter_of("participant"),
                **calendar_records.in_the_demo(),
                "wish": records.unsubscribe_link().rpartition("/")[2],
            }

    def _stage(self, shot: Shot, size: Size) -> Window:
        window = self.open(shot.who, size)
        window.open(shot.path.format(**self.numbers))
        shot.prepare(window, self)
        return window

    def _expose(self, window: Window, path: Path, *, whole: bool) -> Path:
        window.page.evaluate("document.fonts.ready")
        window.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        window.page.screenshot(path=path, full_page=whole, animations="disabled", caret="hide")
        return path

    def _leave(self, window: Window) -> None:
        self.problems += [f"{window.page.url}: {text}" for text in window.unexpected() if "404" not in text]
        window.page.context.close()
