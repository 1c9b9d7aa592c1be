"""Pictures: decoded in full and drawn anew, so that of the file that came only what can be seen is left."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from services.document_refusals import BROKEN, TOO_MANY_POINTS, DocumentRefused

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_POINTS = 50_000_000
LONGEST_SIDE = 2400
QUALITY = 88


def drawn_anew(body: bytes) -> tuple[str, bytes]:
    """The picture upright, on white, at most 2400 points wide and high, as a JPEG without any further data.

    Raises DocumentRefused.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_POINTS:
                    raise DocumentRefused(TOO_MANY_POINTS)
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                return "image/jpeg", _as_jpeg(_on_white(upright))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise DocumentRefused(TOO_MANY_POINTS) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        if isinstance(fault, DocumentRefused):
            raise
        raise DocumentRefused(BROKEN) from fault


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _as_jpeg(picture: Image.Image) -> bytes:
    """From the points alone: what else the opened picture knew stays behind."""
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return kept.getvalue()
