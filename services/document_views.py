"""What a paper looks like: its first pages drawn as one picture, to stand beside a form in any browser."""

import io

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from services.document_refusals import BROKEN, DocumentRefused

WIDTH = 1200
MOST_PAGES = 3
LONGEST = 3
"""A page is cut where it is higher than so many times its width."""
QUALITY = 85


def drawn(body: bytes) -> tuple[str, bytes]:
    """The first three pages of a PDF under each other, as a JPEG. Raises DocumentRefused."""
    try:
        with pypdfium2.PdfDocument(body) as document:
            pages = [_page(document[place]) for place in range(min(len(document), MOST_PAGES))]
    except pypdfium2.PdfiumError as fault:
        raise DocumentRefused(BROKEN) from fault
    whole = Image.new("RGB", (WIDTH, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    kept = io.BytesIO()
    whole.save(kept, "JPEG", quality=QUALITY)
    return "image/jpeg", kept.getvalue()


def _page(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    most = LONGEST * width
    below = max(0.0, height - most)
    picture: Image.Image = page.render(scale=WIDTH / width, crop=(0, below, 0, 0)).to_pil().convert("RGB")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)))
