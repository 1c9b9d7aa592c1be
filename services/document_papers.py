"""PDFs: refused when they are locked, broken or do anything by themselves; else written anew."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from services.document_refusals import (
    ACTIVE,
    BOMB,
    BROKEN,
    LOCKED,
    NO_PAGE,
    TOO_MANY_PAGES,
    TOO_MANY_POINTS,
    DocumentRefused,
)

MOST_PAGES = 50
MOST_OBJECTS = 100_000
MOST_INFLATED = 300 * 1024**2
MOST_POINTS = 100_000_000
MOVING = ("/RichMediaContent", "/RichMediaSettings", "/Movie", "/Sound", "/Rendition", "/3DD", "/3DA")
ACTIVE_KEYS = frozenset(
    ("/JS", "/JavaScript", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/Collection", "/Launch", *MOVING)
)
ACTIVE_NOTES = frozenset(("/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"))
"""Kinds of annotations."""
LEADS_TO_DEEDS = ("/A", "/PA", "/Next", "/OpenAction")
HARMLESS_DEEDS = frozenset(("/GoTo", "/URI"))
"""A link may lead to another page or to an address of the web, and do nothing else."""


def rewritten(body: bytes) -> tuple[str, bytes]:
    """The pages in a file written anew: fields and signatures become part of the page. Raises DocumentRefused."""
    try:
        with pikepdf.open(io.BytesIO(body), attempt_recovery=False) as pdf:
            _check(pdf)
            _make_plain(pdf)
            kept = io.BytesIO()
            pdf.save(kept, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except pikepdf.PasswordError as fault:
        raise DocumentRefused(LOCKED) from fault
    except (pikepdf.PdfError, RecursionError, UnicodeDecodeError, ValueError, TypeError, KeyError) as fault:
        if isinstance(fault, DocumentRefused):
            raise
        raise DocumentRefused(BROKEN) from fault
    return "application/pdf", kept.getvalue()


def _check(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise DocumentRefused(LOCKED)
    if not pdf.pages:
        raise DocumentRefused(NO_PAGE)
    if len(pdf.pages) > MOST_PAGES:
        raise DocumentRefused(TOO_MANY_PAGES.format(most=MOST_PAGES))
    if len(pdf.objects) > MOST_OBJECTS:
        raise DocumentRefused(BOMB)
    inflated = 0
    for part in _parts(pdf):
        if isinstance(part, pikepdf.Stream):
            inflated += _inflated(part)
        if inflated > MOST_INFLATED:
            raise DocumentRefused(BOMB)
        if _is_active(part):
            raise DocumentRefused(ACTIVE)


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream of the file, those that no page leads to included."""
    for whole in pdf.objects:
        waiting: list[Any] = [whole]
        while waiting:
            part = waiting.pop()
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
                yield part
                inner = [part[key] for key in part.keys()]  # noqa: SIM118 -- a stream is iterated by its bytes
            elif isinstance(part, pikepdf.Array):
                inner = list(part)
            else:
                continue
            waiting += [one for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _is_active(part: Any) -> bool:
    if not ACTIVE_KEYS.isdisjoint(part.keys()) or str(part.get("/Subtype", "")) in ACTIVE_NOTES:
        return True
    deeds = [one for key in LEADS_TO_DEEDS for one in _dictionaries(part.get(key))]
    if str(part.get("/Type", "")) == "/Action":
        deeds.append(part)
    return any("/S" in deed and str(deed["/S"]) not in HARMLESS_DEEDS for deed in deeds)


def _dictionaries(found: Any) -> list[Any]:
    """One dictionary, or those of an array."""
    if isinstance(found, pikepdf.Dictionary):
        return [found]
    return [one for one in found if isinstance(one, pikepdf.Dictionary)] if isinstance(found, pikepdf.Array) else []


def _inflated(stream: Any) -> int:
    """How many bytes the stream unfolds to, pictures by their points."""
    points = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
    if points > MOST_POINTS:
        raise DocumentRefused(TOO_MANY_POINTS)
    try:
        return len(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized))
    except pikepdf.DataDecodingError as fault:
        raise DocumentRefused(BOMB if "bad_alloc" in str(fault) else BROKEN) from fault


def _make_plain(pdf: pikepdf.Pdf) -> None:
    """What the first page looks like needs no word about where to begin, what was typed into it, and whose it was."""
    if "/AcroForm" in pdf.Root:
        pdf.flatten_annotations("all")
        for page in pdf.pages:
            notes = [note for note in page.get("/Annots", ()) if note.get("/Subtype") != pikepdf.Name.Widget]
            page.Annots = pikepdf.Array(notes)
    for name in ("/OpenAction", "/AcroForm", "/Perms", "/Metadata", "/URI", "/PieceInfo", "/Threads"):
        if name in pdf.Root:
            del pdf.Root[name]
    for name in ("/Info", "/ID"):
        if name in pdf.trailer:
            del pdf.trailer[name]
