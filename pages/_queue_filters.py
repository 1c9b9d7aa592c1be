"""The filters over the queue: words to find, category, library and order."""

from collections.abc import Callable
from typing import Protocol

from services import programs
from ui.fields import choice_field, text_field
from ui.sections import box


class Narrow(Protocol):
    """Shows what fits one more condition; 0 for all."""

    async def __call__(self, *, category_id: int = ..., library_id: int = ...) -> None: ...


def draw_filters(
    libraries: dict[int, str],
    *,
    oldest_first: bool,
    on_type: Callable[[str], object],
    on_filter: Narrow,
    on_order: Callable[[str], object],
) -> None:
    categories = {str(id_): category.name for id_, category in programs.current().categories.items()}
    with box("toolbar"):
        text_field("Find", name="find", placeholder="Person, library or title").on_value_change(
            lambda event: on_type(event.value or "")
        )
        choice_field(
            "Category",
            name="category",
            options={"": "All categories", **categories},
            on_change=lambda value: on_filter(category_id=int(value or 0)),
        )
        choice_field(
            "Library",
            name="library",
            options={"": "All libraries", **{str(k): v for k, v in libraries.items()}},
            on_change=lambda value: on_filter(library_id=int(value or 0)),
        )
        choice_field(
            "Order",
            name="order",
            options={"": "Newest first", "oldest": "Longest waiting first"},
            value="oldest" if oldest_first else "",
            on_change=on_order,
        )
