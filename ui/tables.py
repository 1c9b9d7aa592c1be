"""Tables of rows that a page has drawn: the frame, the caption and the heads."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup


def table(
    caption: str, columns: Mapping[str, str], rows: Iterable[str], *, kind: str = "", caption_shown: bool = False
) -> str:
    """`columns` by name: `n` for numbers, `wide` for what a phone leaves out, `sr` for an unseen name, or nothing."""
    heads = Markup("").join(_head(name, look) for name, look in columns.items())
    hidden = Markup("") if caption_shown else Markup(' class="sr"')
    opened = Markup(
        '<div class="tb-wrap"><table class="{}"><caption{}>{}</caption><thead><tr>{}</tr></thead><tbody>'
    ).format(f"tb tb--{kind}" if kind else "tb", hidden, caption, heads)
    return f"{opened}{''.join(rows)}</tbody></table></div>"


def _head(name: str, look: str) -> Markup:
    if look == "sr":
        return Markup('<th scope="col"><span class="sr">{}</span></th>').format(name)
    return Markup('<th scope="col"{}>{}</th>').format(Markup(' class="{}"').format(look) if look else "", name)
