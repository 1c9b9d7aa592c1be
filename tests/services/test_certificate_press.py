"""Certificates on paper: drawn by WeasyPrint in the child process, then read back."""

import io
import os
import signal
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from services.certificate_press import Press, PressFailed, unprintable
from tests.services.certificate_paper import DOCUMENT, VERIFY, assert_well_placed, lines, text_of

NAMES = (
    "Li",
    "Maria Delgado",
    "Alexandrina-Konstantina Featherstonehaugh-Cholmondeley-Smyth",
    "WILHELMINA MAGDALENA WOJCIECHOWSKA-MCMONAGLE",
    "Zoë Łukasiewicz-O’Hara",
    "Ñuñez Ångström",
    "Nguyễn Thị Hằng",
    "Ελένη Παπαδοπούλου",
    "Ольга Щербакова",
    '<script>"&',
    "<link rel=attachment href=file:///etc/passwd>",
)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()


@pytest.fixture(scope="module")
def pdf(press: Press) -> bytes:
    return press.press(DOCUMENT)


def test_one_sheet_whose_text_stands_in_reading_order(pdf: bytes) -> None:
    assert_well_placed(pdf)
    text = text_of(pdf)
    said = [
        "MONTANA STATE LIBRARY",
        "Certificate",
        "MONTANA LIBRARY CERTIFICATION",
        "This certifies that Maria Delgado Library assistant, Lewis & Clark Library",
        "has met the requirements of the Library Staff track",
        "Issued November 23, 2026, valid until November 23, 2030",
        "5 Library Administration",
        "60 credits in all",
        "CE Coordinator, Montana State Library",
        "MT-2026-000123",
        "ce.example.gov/verify",
        "7K3M-9QXT-4H2W-PB6D",
    ]
    places = [text.find(words) for words in said]
    assert -1 not in places, text
    assert places == sorted(places)


def test_it_is_an_archival_tagged_file_that_carries_nothing_else(pdf: bytes) -> None:
    file = pikepdf.open(io.BytesIO(pdf))
    assert str(file.Root.Lang) == "en-US"
    assert str(file.docinfo.Title) == "Montana Library Certification: Maria Delgado, Library Staff"
    assert str(file.docinfo.Author) == "Montana State Library"
    assert bool(file.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in file.Root
    metadata = file.open_metadata()
    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
    assert not {"/AF", "/Names", "/OpenAction", "/AA", "/AcroForm"} & set(file.Root.keys())
    kinds = {str(item.get("/S", "")) for item in file.objects if isinstance(item, pikepdf.Dictionary)}
    assert not kinds & {"/JavaScript", "/Launch", "/URI"}
    assert {"/H1", "/P", "/L", "/LI", "/Figure"} <= kinds
    file.close()


def test_every_typeface_is_in_the_file(pdf: bytes) -> None:
    file = pikepdf.open(io.BytesIO(pdf))
    fonts = list(file.pages[0].Resources.Font.values())
    assert fonts
    for font in fonts:
        description = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(description.keys())
        assert "EB-Garamond" in str(font.BaseFont)
    file.close()


def test_the_same_document_makes_the_same_file_in_another_process_too(press: Press, pdf: bytes) -> None:
    assert press.press(dict(reversed(DOCUMENT.items()))) == pdf
    other = Press()
    assert other.press(DOCUMENT) == pdf
    other.close()


def test_a_camera_reads_the_address_from_the_sheet(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=2).to_pil()
        page.close()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [VERIFY]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind_have_their_place(press: Press, name: str) -> None:
    pdf = press.press({**DOCUMENT, "name": name})
    assert_well_placed(pdf)
    assert name.replace("-", "") in text_of(pdf).replace("-", "").replace("\ufffe", "").replace("\u00ad", "")
    file = pikepdf.open(io.BytesIO(pdf))
    assert "/Names" not in file.Root
    assert all("EB-Garamond" in str(font.BaseFont) for font in file.pages[0].Resources.Font.values())
    file.close()


@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("renewal", [False, True])
def test_one_to_five_lines_of_credits_have_their_place(press: Press, number: int, renewal: bool) -> None:
    pdf = press.press({**DOCUMENT, "lines": lines(number), "renewal": renewal})
    assert_well_placed(pdf)
    assert ("has again met the requirements" in text_of(pdf)) is renewal


def test_what_is_missing_leaves_no_trace_and_what_is_long_has_its_place(press: Press) -> None:
    bare = press.press({**DOCUMENT, "library": "", "position": "", "due": "", "lines": lines(1)})
    assert_well_placed(bare)
    assert "Issued November 23, 2026 5 Library" in text_of(bare)
    full = press.press(
        {
            **DOCUMENT,
            "name": "Maria-Guadalupe Hernández-Villanueva y de la Concepción Featherstonehaugh-Cholmondeley of Polson",
            "position": "Assistant director for outreach and bookmobile services",
            "library": "Flathead County Library System, ImagineIF Libraries, Columbia Falls Branch",
            "track": "Public Library Trustee of a County Library Federation",
            "signer_title": "Continuing Education and Library Development Coordinator",
            "program": "Commonwealth Department of Libraries and Archives",
            "title": "Commonwealth Public Library Certification Program",
        }
    )
    assert_well_placed(full)


@pytest.mark.parametrize("ended", ["SUPERSEDED on December 1, 2026", "REVOKED on December 1, 2026"])
def test_the_paper_is_as_it_was_issued(press: Press, pdf: bytes, ended: str) -> None:
    assert press.press({**DOCUMENT, "ended": ended}) == pdf


@pytest.mark.parametrize(
    "poison",
    [
        {"lines": None},
        {"code": None},
        {"qr": "file:///etc/passwd"},
        {"qr": "https://ce.example.gov/picture.svg"},
        {"qr": "https://assets.invalid/fonts.conf"},
    ],
)
def test_a_document_that_cannot_be_drawn_is_refused_and_harms_no_other(
    press: Press, pdf: bytes, poison: dict[str, Any]
) -> None:
    before = press.process_id
    with pytest.raises(PressFailed, match="The certificate could not be drawn"):
        press.press({**DOCUMENT, **poison})
    assert press.press(DOCUMENT) == pdf
    assert press.process_id == before


def test_a_child_that_died_is_replaced(pdf: bytes) -> None:
    press = Press()
    assert press.press(DOCUMENT) == pdf
    first = press.process_id
    assert first
    os.kill(first, signal.SIGKILL)
    try:
        drawn = press.press(DOCUMENT)
    except PressFailed:
        drawn = press.press(DOCUMENT)
    assert drawn == pdf
    assert press.process_id not in {None, first}
    press.close()
    assert press.process_id is None


def test_a_render_that_takes_too_long_is_given_up() -> None:
    press = Press(seconds=0.01)
    with pytest.raises(PressFailed, match="took too long"):
        press.press(DOCUMENT)
    assert press.process_id is None


def test_letters_that_no_typeface_has_are_named() -> None:
    assert unprintable("Zoë Łukasiewicz-O’Hara, Nguyễn Thị Hằng, Ελένη Παπαδοπούλου, Ольга Щербакова\u00a0№ 1") == []
    assert unprintable("Zoe\u0308 N\u0303un\u0303ez") == []
    assert unprintable("Ann\tLi\u202e\x00") == ["\t", "\u202e", "\x00"]
    private = "\ue000"
    assert unprintable(f"A{private}{private}") == [private]


def test_chinese_is_unprintable_where_no_noto_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.certificate_press._the_system_s", frozenset)
    assert unprintable("漢字 Li 漢") == ["漢", "字"]
