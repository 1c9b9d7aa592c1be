"""Why a file is not taken, each reason with what to do about it."""


class DocumentRefused(ValueError):
    """The text is a sentence for who handed the file in."""


UNKNOWN = "This is neither a PDF nor a picture (JPEG, PNG, WebP). Save it as a PDF, or take a photo of it."
BROKEN = "This file is damaged or not complete. Save it anew, then choose it again."
BOMB = "This file unfolds to more than we can hold. Print it to PDF anew, or take a photo of it."
TOO_MANY_POINTS = "This picture has too many points. Scan or photograph it with fewer: 50 million are enough."
LOCKED = "This PDF is locked with a password. Print it to PDF anew, without one, then choose it again."
ACTIVE = (
    "This PDF holds more than pages: a program, an attached file or something that moves. "
    "Print it to PDF anew, then choose it again."
)
TOO_MANY_PAGES = "This PDF has more than {most} pages. Hand in the pages that matter."
NO_PAGE = "This PDF has no page."
EMPTY = "This file is empty."
TOO_LONG = "This file has more than {most} MB. Scan it with fewer points, or hand in fewer pages."
TOO_SLOW = "This file could not be looked through. Print it to PDF anew, or take a photo of it."
