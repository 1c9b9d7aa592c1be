"""The log: one line a deed for people or, with ASPEN_LOG=json, for machines; names of people do not get into it."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from sqlalchemy.exc import DBAPIError

ROOT = Path(__file__).parents[1]
INSTALLED = re.compile(r".*/(?:site-packages|lib/python[\d.]+)/")
QUIET = ("uvicorn.access", "httpx", "httpx2", "httpcore")
"""They tell addresses with everything in them."""


def set_up(kind: str) -> None:
    """Everything that is logged in this process goes to the standard error, `kind` being `text` or `json`."""
    root = logging.getLogger()
    root.handlers[:] = [handler for handler in root.handlers if not isinstance(handler, _StandardError)]
    handler = _StandardError()
    handler.setFormatter(Json() if kind == "json" else Text())
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in ("aspen", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class Text(logging.Formatter):
    """`2026-11-24T03:00:00.123Z INFO claim:approved subject=claim subject_id=12 actor=3 …`."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record)
        trace = told.pop("trace", [])
        head = f"{told.pop('time')} {told.pop('level'):7} {told.pop('event')}"
        return "\n    ".join([" ".join([head, *(f"{name}={_word(value)}" for name, value in told.items())]), *trace])


class Json(JsonFormatter):
    """The same, one JSON object a line."""

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data.clear()
        log_data.update(_told(record))


class _StandardError(logging.StreamHandler[Any]):
    """The one of now, whoever replaced it meanwhile."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC)
    told: dict[str, Any] = {
        "time": moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z",
        "level": record.levelname,
        "event": masked(record.getMessage()),
    }
    if record.name != "aspen":
        told["logger"] = record.name
    for name, value in record.__dict__.items():
        if name not in RESERVED_ATTRS and name != "color_message" and value is not None:
            told[name] = masked(value) if isinstance(value, str) else value
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None:
        told["fault"] = " from ".join(_kind(one) for one in _chain(fault))
        told["trace"] = [place for one in _chain(fault) for place in _places(one)]
    return told


def masked(text: str) -> str:
    """Without what looks like an e-mail address, a number of a window, a token or what follows a question mark."""
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text.replace("\r", " ").replace("\n", " ")


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """The fault and what it came from; never its words: those of a database, for one, hold what was to be saved."""
    one: BaseException | None = fault
    for _ in range(5):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _kind(fault: BaseException) -> str:
    name = type(fault).__name__
    if isinstance(fault, DBAPIError):
        state = getattr(fault.orig, "sqlstate", None) or getattr(fault.orig, "sqlite_errorname", None)
        return f"{name}({state})"
    return f"{name}({fault.errno})" if isinstance(fault, OSError) and fault.errno else name


def _places(fault: BaseException) -> list[str]:
    """`services/claims.py:120 claim_event` for every step, outermost first."""
    steps = traceback.extract_tb(fault.__traceback__)
    return [f"{_short(step.filename)}:{step.lineno} {step.name}" for step in steps]


def _short(path: str) -> str:
    return INSTALLED.sub("", path) if INSTALLED.match(path) else path.removeprefix(f"{ROOT}/")


def _word(value: object) -> str:
    text = str(value)
    return text if text and re.fullmatch(r"[^\s\"=]+", text) else json.dumps(text, ensure_ascii=False)


MASKS = (
    (re.compile(r"[^\s<>\"'=(,;]+@[\w.-]+"), "(address)"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), "(window)"),
    (re.compile(r"\?[^\s\"']*=[^\s\"']*"), "?(query)"),
    (re.compile(r"\b[A-Za-z0-9_-]{32,}(?:\.[A-Za-z0-9_-]+)*"), "(token)"),
)
