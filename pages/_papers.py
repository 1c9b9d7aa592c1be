"""Papers that prove something, diplomas and evidence: the field that takes them, and how a coordinator sees them."""

from models.documents import Document
from ui.fields import TextLeave
from ui.file_field import FileField, file_field
from ui.parts import esc


def paper_field(label: str, purpose: str, kept: Document | None, on_leave: TextLeave) -> FileField:
    """The required field `file`; `kept` is what was chosen before."""
    return file_field(
        label,
        name="file",
        purpose=purpose,
        kept=(str(kept.id), kept.name) if kept else ("", ""),
        hint="A PDF or a picture, at most 10 MB. Only you and the coordinators can open it.",
        required=True,
        on_leave=on_leave,
    )


def paper(document: Document, words: str) -> str:
    """A picture of it, and the file itself."""
    address = f"/documents/{document.id}"
    return (
        f'<img class="paper" src="{address}/view" alt="{esc(words)}">'
        f'<p><a class="btn btn--plain" href="{address}">Open the file: {esc(document.name)}</a></p>'
    )
