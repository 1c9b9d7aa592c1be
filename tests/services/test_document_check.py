"""Files of every kind, harmless and hostile, through the process that looks through them."""

import io
from collections.abc import Callable
from types import ModuleType

import pikepdf
import pytest
from PIL import Image

from models.errors import Problems
from services import document_check, document_papers, document_pictures
from services.document_check import MOST_BYTES, cleaned
from services.document_refusals import (
    ACTIVE,
    BOMB,
    BROKEN,
    EMPTY,
    LOCKED,
    NO_PAGE,
    TOO_MANY_PAGES,
    TOO_MANY_POINTS,
    UNKNOWN,
    DocumentRefused,
)
from tests import handed_in
from tests.handed_in import deed, pdf_with, pdf_with_note, picture

JAVASCRIPT = deed("JavaScript", JS="app.alert(1)")
LINK = pikepdf.Name.Link
ONLY_ITS_DENSITY = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an SVG": (lambda: handed_in.SVG, UNKNOWN),
    "a web page": (lambda: handed_in.HTML, UNKNOWN),
    "a web page that a PDF follows": (lambda: handed_in.HTML + pdf_with(), UNKNOWN),
    "a GIF": (lambda: picture("GIF"), UNKNOWN),
    "a program": (lambda: b"MZ" + bytes(200), UNKNOWN),
    "nothing": (lambda: b"", EMPTY),
    "the signature of a JPEG alone": (lambda: b"\xff\xd8\xff\xe0", BROKEN),
    "the signature of a PDF alone": (lambda: b"%PDF-1.7\n", BROKEN),
    "half a picture": (lambda: picture()[:3000], BROKEN),
    "half a PDF": (lambda: pdf_with()[:400], BROKEN),
    "a picture 60,000 points wide and high": (handed_in.pixel_bomb, TOO_MANY_POINTS),
    "a picture 9,000 points wide and high": (lambda: handed_in.pixel_bomb(9000), TOO_MANY_POINTS),
    "a PDF with a password": (lambda: handed_in.locked_pdf("open sesame"), LOCKED),
    "a PDF with an empty password": (lambda: handed_in.locked_pdf(""), LOCKED),
    "a PDF of 3 kB that unfolds to 1.5 GB": (handed_in.pdf_bomb, BOMB),
    "a PDF of 3 kB that unfolds to 310 MB": (lambda: handed_in.pdf_bomb(310), BOMB),
    "a PDF without a page": (lambda: handed_in.saved(pikepdf.new()), NO_PAGE),
    "a PDF of 51 pages": (lambda: handed_in.saved(handed_in.paper(51)), TOO_MANY_PAGES.format(most=50)),
    "a PDF that runs a script when it opens": (lambda: pdf_with(OpenAction=JAVASCRIPT), ACTIVE),
    "the same with its names hidden": (handed_in.pdf_with_hidden_name, ACTIVE),
    "a PDF that sends its fields away": (
        lambda: pdf_with(OpenAction=deed("SubmitForm", F="https://a.example")),
        ACTIVE,
    ),
    "a PDF with deeds of its own": (lambda: pdf_with(AA=pikepdf.Dictionary(WC=JAVASCRIPT)), ACTIVE),
    "a PDF with scripts by name": (
        lambda: pdf_with(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", JAVASCRIPT]))),
        ACTIVE,
    ),
    "a PDF whose link starts a program": (lambda: pdf_with_note(Subtype=LINK, A=deed("Launch", F="cmd.exe")), ACTIVE),
    "a PDF whose link leads on to a script": (
        lambda: pdf_with_note(Subtype=LINK, A=deed("GoTo", D="x", Next=pikepdf.Array([JAVASCRIPT]))),
        ACTIVE,
    ),
    "a PDF with a form of XFA": (lambda: pdf_with(AcroForm=pikepdf.Dictionary(Fields=[], XFA="<xdp/>")), ACTIVE),
    "a PDF with a film": (lambda: pdf_with_note(Subtype=pikepdf.Name.RichMedia), ACTIVE),
    "a PDF with an attached program": (handed_in.pdf_with_attachment, ACTIVE),
    "a PDF with a picture of ten thousand million points": (
        lambda: handed_in.pdf_with_picture(100_000, 100_000),
        TOO_MANY_POINTS,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_what_to_do(what: str) -> None:
    make, sentence = REFUSED[what]
    assert refusal_of(make()) == sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_jpeg_that_shows_the_same(kind: str) -> None:
    kept = cleaned(picture(kind))
    shown = Image.open(io.BytesIO(kept.body))
    assert (kept.media_type, shown.format, shown.size) == ("image/jpeg", "JPEG", (640, 480))
    assert near(shown.getpixel((10, 10)), (120, 170, 220))
    assert near(shown.getpixel((10, 470)), (70, 140, 60))


def test_where_a_photo_was_taken_is_forgotten_and_it_stands_upright() -> None:
    photo = handed_in.photo()
    came = Image.open(io.BytesIO(photo))
    assert (came.getexif()[handed_in.EXIF_TEXT], came.size) == (handed_in.PLACE, (640, 480))
    assert came.getexif().get_ifd(handed_in.GPS)
    kept = cleaned(photo).body
    shown = Image.open(io.BytesIO(kept))
    assert (dict(shown.getexif()), shown.size, set(shown.info)) == ({}, (480, 640), ONLY_ITS_DENSITY)
    assert b"Exif" not in kept
    assert b"Helena" not in kept


def test_what_hides_behind_a_picture_is_gone() -> None:
    polyglot = picture() + handed_in.SCRIPT
    assert Image.open(io.BytesIO(polyglot)).size == (640, 480), "a picture to every program that shows pictures"
    assert handed_in.SCRIPT not in cleaned(polyglot).body


def test_words_within_a_picture_are_gone() -> None:
    commented = picture("JPEG", comment=handed_in.SCRIPT)
    assert handed_in.SCRIPT in commented
    assert handed_in.SCRIPT not in cleaned(commented).body


def test_a_large_scan_becomes_as_small_as_a_screen_needs() -> None:
    shown = Image.open(io.BytesIO(cleaned(picture("PNG", (4000, 3000))).body))
    assert shown.size == (2400, 1800)


def test_what_is_clear_becomes_white() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(clear, "PNG")
    assert near(Image.open(io.BytesIO(cleaned(clear.getvalue()).body)).getpixel((50, 50)), (255, 255, 255))


def test_a_pdf_keeps_its_pages_and_nothing_around_them() -> None:
    pdf = handed_in.paper(3)
    pdf.docinfo["/Author"] = "Ann Ames"
    pdf.Root.OpenAction = pikepdf.Array([pdf.pages[1].obj, pikepdf.Name.XYZ, 0, 0, 1])
    kept = cleaned(handed_in.saved(pdf) + handed_in.HTML)
    assert kept.media_type == "application/pdf"
    assert b"Ann Ames" not in kept.body
    assert handed_in.SCRIPT not in kept.body
    with pikepdf.open(io.BytesIO(kept.body)) as written:
        assert [page.Contents.read_bytes() for page in written.pages] == [
            page.Contents.read_bytes() for page in pdf.pages
        ]
        assert set(written.Root.keys()) == {"/Pages", "/Type"}
        assert "/Info" not in written.trailer


def test_a_link_to_an_address_may_stay() -> None:
    kept = cleaned(pdf_with_note(Subtype=LINK, A=deed("URI", URI="https://msl.example.gov")))
    with pikepdf.open(io.BytesIO(kept.body)) as written:
        assert str(written.pages[0].Annots[0].A.URI) == "https://msl.example.gov"


def test_a_signature_field_becomes_part_of_the_page() -> None:
    with pikepdf.open(io.BytesIO(cleaned(handed_in.signed_pdf()).body)) as written:
        assert "/AcroForm" not in written.Root
        assert not any("/V" in one for one in written.objects if isinstance(one, pikepdf.Dictionary))


def test_the_same_file_is_written_the_same_every_time() -> None:
    """Also if it was saved again in between, which gives it another /ID."""
    one, other = handed_in.pdf_saved_as(b"1" * 16), handed_in.pdf_saved_as(b"2" * 16)
    assert one != other
    assert cleaned(one).body == cleaned(other).body
    assert cleaned(picture()).body == cleaned(picture()).body


def test_ten_megabytes_are_enough_for_everybody() -> None:
    whole = picture() + bytes(MOST_BYTES - len(picture()))
    assert len(cleaned(whole).body) < 10_000
    assert refusal_of(whole + b"\0") == document_check.too_long()


@pytest.mark.parametrize(
    ("reader", "check", "read", "hostile"),
    [
        (document_pictures, "MOST_POINTS", document_pictures.drawn_anew, handed_in.pixel_bomb(9000, whole=True)),
        (document_papers, "MOST_INFLATED", document_papers.rewritten, handed_in.pdf_bomb(310)),
    ],
)
def test_without_its_check_a_bomb_would_have_been_taken(
    reader: ModuleType, check: str, read: Callable[[bytes], tuple[str, bytes]], hostile: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with pytest.raises(DocumentRefused):
        read(hostile)
    monkeypatch.setattr(reader, check, 10**12)
    assert read(hostile)


def test_an_active_pdf_would_have_kept_its_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_papers, "_is_active", lambda _part: False)
    scripted = pdf_with(AA=pikepdf.Dictionary(WC=JAVASCRIPT))
    assert b"app.alert" in uncompressed(document_papers.rewritten(scripted)[1])


def refusal_of(body: bytes) -> str:
    with pytest.raises(Problems) as refused:
        cleaned(body)
    assert list(refused.value.by_field) == ["file"]
    return refused.value.by_field["file"]


def near(point: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(point, tuple)
    return all(abs(one - other) < 6 for one, other in zip(point, wanted, strict=True))


def uncompressed(body: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(body)) as pdf:
        return handed_in.saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
