"""A document to draw a certificate from, and what can be read from the drawn sheet."""

from typing import Any

import pypdfium2
import pytest

from services.certificate_press import qr_svg

VERIFY = "https://ce.example.gov/verify/7K3M-9QXT-4H2W-PB6D"
MARGIN = 0.6 * 72
"""To the inside of the border, in points."""
CATEGORIES = (
    "Library Administration",
    "Library Services to the Public",
    "Collection Management and Technical Services",
    "Technology",
    "Any category",
)


def lines(number: int) -> list[dict[str, str]]:
    return [{"label": label, "credits": "5"} for label in CATEGORIES[:number]]


DOCUMENT: dict[str, Any] = {
    "program": "Montana State Library",
    "title": "Montana Library Certification",
    "name": "Maria Delgado",
    "track": "Library Staff",
    "renewal": False,
    "version": "2023-07",
    "library": "Lewis & Clark Library",
    "position": "Library assistant",
    "lines": lines(5),
    "total": "60 credits",
    "issued": "November 23, 2026",
    "due": "November 23, 2030",
    "number": "MT-2026-000123",
    "code": "7K3M-9QXT-4H2W-PB6D",
    "signer": "Nora Whitfield",
    "signer_title": "CE Coordinator, Montana State Library",
    "verify_url": VERIFY,
    "verify_text": "ce.example.gov/verify",
    "qr": qr_svg(VERIFY),
    "ended": "",
}


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        text = " ".join(words.get_text_range().split())
        words.close()
        page.close()
    return text


def boxes_of(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of every run of text, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        boxes = [words.get_rect(number) for number in range(words.count_rects())]
        words.close()
        page.close()
    return boxes


def overlapping(boxes: list[tuple[float, float, float, float]]) -> list[Any]:
    """Pairs of boxes that share ground; a letter may lean a little over the next run of its line."""
    lean, hair = 4, 0.75
    return [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > lean and min(one[3], other[3]) - max(one[1], other[1]) > hair
    ]


def assert_well_placed(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        assert document.get_page_size(0) == pytest.approx((792, 612), abs=0.01)
    boxes = boxes_of(pdf)
    assert boxes
    outside = [box for box in boxes if min(box[:2]) < MARGIN or box[2] > 792 - MARGIN or box[3] > 612 - MARGIN]
    assert outside == []
    assert overlapping(boxes) == []
