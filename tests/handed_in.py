"""Files as people and attackers hand them in, made here byte by byte."""

import io
import struct
import zlib
from typing import Any

import pikepdf
from PIL import Image, TiffImagePlugin

from models.documents import Document
from services import clock, db
from services.access import Actor

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
PLACE = "Helena, 46.5891 N"
GPS, EXIF_TEXT, ORIENTATION = 0x8825, 0x010E, 0x0112


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **parts: Any) -> bytes:
    """A sky over a meadow."""
    drawn = Image.new("RGB", size, (120, 170, 220))
    drawn.paste((70, 140, 60), (0, size[1] // 2, size[0], size[1]))
    kept = io.BytesIO()
    drawn.save(kept, kind, **parts)
    return kept.getvalue()


def photo() -> bytes:
    """What a telephone takes: lying on its side, with the place where it was taken."""
    told = Image.Exif()
    told[EXIF_TEXT], told[ORIENTATION] = PLACE, 6
    told.get_ifd(GPS)[2] = tuple(TiffImagePlugin.IFDRational(part) for part in (46, 35, 21))
    return picture("JPEG", (640, 480), exif=told)


def pixel_bomb(side: int = 60_000, *, whole: bool = False) -> bytes:
    """A PNG that says it is that wide and high, black and white; whole with all of its points, or with some only."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    points = zlib.compress(bytes(side * (side // 8 + 1) if whole else 1000))
    parts = ((b"IHDR", head), (b"IDAT", points), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def paper(pages: int = 1) -> pikepdf.Pdf:
    """A PDF to put something into."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(612, 792))
        pdf.pages[-1].Contents = pdf.make_stream(b"BT /F1 24 Tf 72 700 Td (Master of Library Science) Tj ET")
    return pdf


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    kept = io.BytesIO()
    pdf.save(kept, **how)
    return kept.getvalue()


def pdf_with(**of_root: Any) -> bytes:
    """A PDF whose catalogue has these entries."""
    pdf = paper()
    for name, value in of_root.items():
        pdf.Root[f"/{name}"] = value
    return saved(pdf)


def pdf_saved_as(number: bytes) -> bytes:
    """A PDF whose `/ID`, which a program makes at each saving, is that number."""
    pdf = paper()
    pdf.trailer.ID = pikepdf.Array([number, number])
    return saved(pdf)


def deed(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def pdf_with_note(**parts: Any) -> bytes:
    """A PDF with an annotation on its page."""
    pdf = paper()
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 100, 100], **parts)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
    return saved(pdf)


def pdf_with_picture(width: int, height: int) -> bytes:
    """A PDF with a picture that says it is that wide and high."""
    pdf = paper()
    drawn = pdf.make_stream(
        picture(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height
    )
    drawn.Filter = pikepdf.Name.DCTDecode
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=drawn))
    return saved(pdf)


def pdf_with_attachment() -> bytes:
    pdf = paper()
    pdf.attachments["evil.exe"] = b"MZ" + bytes(100)
    return saved(pdf)


def locked_pdf(password: str) -> bytes:
    """Encrypted; with an empty password every reader opens it without asking."""
    return saved(paper(), encryption=pikepdf.Encryption(owner="owner", user=password))


def pdf_bomb(megabytes: int = 1500) -> bytes:
    """Some kilobytes that unfold, in two steps, to that many megabytes."""
    packer = zlib.compressobj(9)
    zeros = bytes(1024**2)
    once = b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()
    pdf = paper()
    stream = pikepdf.Stream(pdf, b"")
    flate = pikepdf.Name.FlateDecode
    stream.write(zlib.compress(once, 9), filter=pikepdf.Array([flate, flate]))
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def pdf_with_hidden_name() -> bytes:
    """`/JS` and `/JavaScript` with their letters written as numbers, as those do who hide them from searches."""
    hidden = b"/OpenAction << /S /J#61vaScript /#4AS (app.alert\\(1\\)) >>"
    room = b"/Room (" + b"x" * (len(hidden) - 8) + b")"
    plain = pdf_with(Room="x" * (len(hidden) - 8))
    assert room in plain
    return plain.replace(room, hidden)


def signed_pdf() -> bytes:
    """With a field that has a signature."""
    pdf = paper()
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T="Registrar",
            Rect=[0, 0, 0, 0],
            V=pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"\x30\x80"),
        )
    )
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    return saved(pdf)


def diploma(person: Actor, purpose: str = "diploma") -> str:
    """A file that this person has handed in; returns its id as a form has it."""
    with db.writing() as session:
        row = Document(person_id=person.person_id, purpose=purpose, name="diploma.pdf", media_type="application/pdf",
                       size=1, sha256="0" * 64, kept_at=clock.now(), kept_by_id=person.person_id)  # fmt: skip
        session.add(row)
        session.flush()
        return str(row.id)


def degree(person: Actor, **changed: Any) -> dict[str, object]:
    """What a graduate types, with a diploma handed in."""
    return {"institution": "Emporia State University", "kind": "MLS", "graduated_on": "2025-05-17",
            "file": diploma(person), **changed}  # fmt: skip
