"""Certificates as PDF, drawn by one child process that is kept warm, and which letters it can draw."""

import json
import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import segno

ROOT = Path(__file__).parents[1]
OUR_FONTS = ROOT / "ui" / "static" / "certificate"
SYSTEM_FONTS = tuple(Path("/usr/share/fonts") / place for place in ("truetype/noto", "opentype/noto", "noto"))
JOINERS = "\u200c\u200d"
SECONDS_A_RENDER = 30.0
SECONDS_TO_END = 5.0


class PressFailed(Exception):
    """A certificate could not be drawn; the message is a sentence for an administrator."""


class Press:
    """One child process, started when it is first wanted and replaced when it has died. Any thread may call."""

    def __init__(self, *, seconds: float = SECONDS_A_RENDER) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def press(self, document: dict[str, Any]) -> bytes:
        """The PDF of the document, the same bytes for the same document; `PressFailed` if it cannot be drawn."""
        job = json.dumps(document).encode() + b"\n"
        with self._lock:
            child = self._running()
            late = threading.Event()
            watch = threading.Timer(self._seconds, _stop, (child, late))
            watch.daemon = True
            watch.start()
            try:
                return _ask(child, job)
            except (OSError, EOFError, ValueError) as fault:
                self._end(child)
                told = "took too long" if late.is_set() else "was interrupted"
                raise PressFailed(f"Drawing the certificate {told}. Try again.") from fault
            finally:
                watch.cancel()

    def warm_up(self) -> None:
        """Starts the child and does not wait for it: it reads its typefaces while others work."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """Ends the child, after what it is drawing now."""
        with self._lock:
            if self._child:
                self._end(self._child)

    @property
    def process_id(self) -> int | None:
        """The child's, while it runs."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child and self._child.poll() is not None:
            self._end(self._child)
        if not self._child:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "services.certificate_worker"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_without_secrets(),
                start_new_session=True,
            )
        return self._child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        self._child = None
        with child:
            try:
                if child.stdin:
                    child.stdin.close()
                child.wait(SECONDS_TO_END)
            except (OSError, subprocess.TimeoutExpired):
                child.kill()


_press = Press()
press = _press.press
warm_up = _press.warm_up
close = _press.close


def qr_svg(url: str) -> str:
    """The address as a QR code: a drawing as a data address. Leave four modules of empty paper around it."""
    return str(segno.make(url, micro=False, error="m").svg_data_uri(border=0, omitsize=True))


def unprintable(text: str) -> list[str]:
    """The characters of the text, each once, that no typeface of certificates has; empty if all of it can be drawn."""
    doubtful = [
        letter for letter in dict.fromkeys(unicodedata.normalize("NFC", text)) if not _drawn_by(_ours(), letter)
    ]
    return [letter for letter in doubtful if not (_is_text(letter) and _drawn_by(_the_system_s(), letter))]


def _drawn_by(letters: frozenset[int], letter: str) -> bool:
    """As one sign, or as a letter and its marks; spaces and joiners need no sign."""
    if letter in JOINERS or unicodedata.category(letter) == "Zs":
        return True
    return _is_text(letter) and (
        ord(letter) in letters or all(ord(part) in letters for part in unicodedata.normalize("NFD", letter))
    )


def _is_text(letter: str) -> bool:
    return not unicodedata.category(letter).startswith(("C", "Z"))


@cache
def _ours() -> frozenset[int]:
    return frozenset().union(*_letters_of(sorted(OUR_FONTS.glob("*.ttf"))))


@cache
def _the_system_s() -> frozenset[int]:
    found = [path for place in SYSTEM_FONTS for path in sorted(place.rglob("*-Regular.[ot]t[cf]"))]
    return frozenset().union(*_letters_of(found))


def _letters_of(files: list[Path]) -> Iterator[frozenset[int]]:
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 -- loads when wanted

    for path in files:
        try:
            with TTFont(path, lazy=True, fontNumber=0) as face:
                yield frozenset(face.getBestCmap() or ())
        except (OSError, TTLibError):
            continue


def _ask(child: subprocess.Popen[bytes], job: bytes) -> bytes:
    """Sends one job and reads its answer; `EOFError` if the child ends in between."""
    if not child.stdin or not child.stdout:
        raise EOFError
    child.stdin.write(job)
    child.stdin.flush()
    line = child.stdout.readline()
    if not line:
        raise EOFError
    answer = json.loads(line)
    if not answer["ok"]:
        raise PressFailed(f"The certificate could not be drawn. {answer['problem']}")
    pdf = child.stdout.read(answer["bytes"])
    if len(pdf) < answer["bytes"]:
        raise EOFError
    return pdf


def _stop(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _without_secrets() -> dict[str, str]:
    """The environment without this application's settings, which the child has no use for."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ASPEN_")}
