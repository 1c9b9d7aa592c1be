"""Takes a picture of every screen and state: `python -m tests.screenshots [--docs] [NAME …]`."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.conftest import SWITCHES
from tests.browser.server import serving
from tests.screenshots.shots import SHOTS
from tests.screenshots.studio import Studio

ROOT = Path(__file__).parents[2]
PICTURES, DOCS = ROOT / "build" / "screenshots", ROOT / "docs" / "pictures"


def main() -> None:
    """Prints each picture as it is made, and what went wrong in the windows."""
    wanted = _read_arguments()
    chosen = [shot for shot in SHOTS if not wanted.names or any(name in shot.name for name in wanted.names)]
    with _studio() as studio:
        for shot in chosen:
            for picture in studio.take(shot, PICTURES):
                print(picture.relative_to(ROOT))
            for picture in studio.take_for_docs(shot, DOCS) if wanted.docs else ():
                print(f"{picture.relative_to(ROOT)} ({picture.stat().st_size // 1024} kB)")
        if studio.problems:
            sys.exit("\n".join(studio.problems))


@contextmanager
def _studio() -> Iterator[Studio]:
    with TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield Studio(server, browser)
        browser.close()
        server.end()


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--docs", action="store_true", help="the pictures of the README, too")
    parser.add_argument("names", nargs="*", help="only the screens whose names hold one of these")
    return parser.parse_args()


main()
