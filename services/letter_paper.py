"""A letter as it is read: plain text and HTML, both made of the one body in light Markdown."""

import runpy
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from services.letter_kinds import LetterKind

UI = Path(__file__).parents[1] / "ui"
MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["heading", "list", "blockquote", "hr", "emphasis", "link", "autolink", "newline", "escape"]
)
"""No HTML, no pictures; a new line is a new line."""


def as_text(body: str, footer: str = "") -> str:
    """For programs that show no HTML; every link stands with its address."""
    parts = [*_blocks(SyntaxTreeNode(MARKDOWN.parse(body))), *([f"-- \n{footer}"] if footer else [])]
    return "\n\n".join(parts) + "\n"


def as_html(body: str, *, subject: str, program: str, why: str = "", unsubscribe: str = "") -> str:
    """A whole page with its styles inside, and nothing that has to be fetched.

    `why` says at its foot what the letter is about, `unsubscribe` is the address to have no more of them.
    """
    content = Markup(MARKDOWN.render(body))  # noqa: S704 -- html=False: the parser lets no tag through
    told = {"subject": subject, "program": program, "why": why, "unsubscribe": unsubscribe}
    return _template().render(content=content, colour=_colours(), **told)


def why_written(kind: LetterKind) -> str:
    """What stands at the foot of a letter that may be left off."""
    return f"Such a letter comes {kind.when[:1].lower()}{kind.when[1:]}"


@cache
def _colours() -> dict[str, str]:
    """Those of the theme, read by path: services import nothing of `ui`."""
    return dict(runpy.run_path(str(UI / "theme.py"))["COLOURS"])


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(UI / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter_paper.html")


def _blocks(node: SyntaxTreeNode) -> list[str]:
    return [_block(child) for child in node.children]


def _block(node: SyntaxTreeNode) -> str:
    if node.type in {"bullet_list", "ordered_list"}:
        begin = int(node.attrs.get("start", 1))
        marks = ["- " if node.type == "bullet_list" else f"{begin + place}. " for place in range(len(node.children))]
        return "\n".join(_hung(mark, "\n".join(_blocks(item))) for mark, item in zip(marks, node.children, strict=True))
    if node.type == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(node)).split("\n"))
    if node.type == "hr":
        return "-" * 20
    return "".join(_inline(part) for child in node.children for part in child.children)


def _hung(mark: str, text: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _inline(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    inside = "".join(_inline(child) for child in node.children)
    if node.type == "link":
        address = str(node.attrs["href"])
        return address if inside in {address, ""} else f"{inside} ({address})"
    return inside or node.content
