"""Looks through one file that somebody handed in, in a process of its own that lives for this file alone.

Decoders of pictures and papers are what attackers aim at: here they have no settings, may write no files and have
little memory and time. The file comes by the standard input; a line of JSON and the file as it is to be kept go out.
"""

import json
import os
import resource
import sys
from pathlib import Path

import filetype
from PIL import Image

from services import document_papers, document_pictures, document_views
from services.document_refusals import BOMB, UNKNOWN, DocumentRefused

MEMORY = 1024**3
PROCESSOR_SECONDS = 20
VIEW = "view"
"""The argument that asks for a picture of a paper that is kept already."""
READERS = {
    "application/pdf": document_papers.rewritten,
    "image/jpeg": document_pictures.drawn_anew,
    "image/png": document_pictures.drawn_anew,
    "image/webp": document_pictures.drawn_anew,
}


def main() -> None:
    """Answers for the one file of the standard input; nothing else reaches the standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Image.preinit()
    _keep_small()
    body = sys.stdin.buffer.read()
    try:
        media_type, kept = document_views.drawn(body) if sys.argv[1:] == [VIEW] else clean(body)
    except DocumentRefused as refusal:
        answers.write(json.dumps({"refused": str(refusal)}).encode() + b"\n")
    except MemoryError:
        answers.write(json.dumps({"refused": BOMB}).encode() + b"\n")
    else:
        answers.write(json.dumps({"media_type": media_type}).encode() + b"\n" + kept)
    answers.flush()


def clean(body: bytes) -> tuple[str, bytes]:
    """The media type by its signature, and the bytes to keep. Raises DocumentRefused."""
    found = filetype.guess_mime(body)
    if found not in READERS:
        raise DocumentRefused(UNKNOWN)
    return READERS[found](body)


def _keep_small() -> None:
    """From now on this process may write no file, and is ended when it takes too much."""
    if Path("/proc/self").exists():  # other systems count the address space of libraries in other ways
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
