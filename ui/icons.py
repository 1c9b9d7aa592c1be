"""Small drawings in one line weight, as inline SVG that takes the colour of the text around it."""

from markupsafe import Markup, escape

SHAPES = {
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "tick": '<path d="M4.5 12.5l5 5L19.5 7"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "back": '<path d="M9 6l-5 5 5 5M4 11h9a6 6 0 0 1 6 6v1"/>',
    "twin": '<path d="M3.5 8.5h12v12h-12z"/><path d="M8.5 8.5v-5h12v12h-5"/>',
    "calendar": '<path d="M3.5 6h17v14.5h-17zM3.5 10.5h17M8 3v5M16 3v5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "flag": '<path d="M5.5 21V4M5.5 4.5h13l-3 4.25 3 4.25h-13"/>',
    "cap": '<path d="M12 5L1.5 10 12 15l10.5-5zM6 12.5V17c2 2.3 10 2.3 12 0v-4.5M22.5 10v6"/>',
    "seal": '<circle cx="12" cy="9.5" r="6"/><path d="M8.5 14.5L7 21.5l5-2.5 5 2.5-1.5-7"/>'
    '<path d="M9.75 9.75l1.5 1.5 3-3.25"/>',
    "chevron": '<path d="M5 9l7 7 7-7"/>',
    "chevron-left": '<path d="M15 5l-7 7 7 7"/>',
    "chevron-right": '<path d="M9 5l7 7-7 7"/>',
    "download": '<path d="M12 3.5v12M7 11l5 5 5-5M4 20.5h16"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 14h10v6.5H7z"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "alert": '<path d="M12 3.5L1.75 20.5h20.5zM12 10v5M12 17.5v.5"/>',
    "pencil": '<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5"/>',
    "send": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "eye": '<path d="M2 12c5-8.5 15-8.5 20 0-5 8.5-15 8.5-20 0z"/><circle cx="12" cy="12" r="3"/>',
    "hourglass": '<path d="M6 3h12M6 21h12M7.5 3v3.5c0 2.5 9 8.5 9 11V21M16.5 3v3.5c0 2.5-9 8.5-9 11V21"/>',
    "person": '<circle cx="12" cy="8" r="4.5"/><path d="M3.5 21c1-9 16-9 17 0"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "mail": '<path d="M2.5 5.5h19v13.5h-19zM2.5 6.5l9.5 7 9.5-7"/>',
    "brand": '<path class="leaf-blade" d="M12 .75C8.5 4.5 2 6.5 2 12.25c0 4.5 3.75 7.25 10 7.25s10-2.75 10-7.25'
    'C22 6.5 15.5 4.5 12 .75z"/><path class="leaf-vein" d="M12 23.5V5M12 17l5-3.5M12 17l-5-3.5'
    'M12 13l4.25-3.25M12 13L7.75 9.75M12 9l2.5-2M12 9L9.5 7"/>',
}


def icon(name: str, *, label: str = "") -> Markup:
    """The drawing `name`; hidden from screen readers unless it has a `label` to say."""
    kind = "icon icon--brand" if name == "brand" else "icon"
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="{kind}" viewBox="0 0 24 24" focusable="false" {meaning}>{SHAPES[name]}</svg>')  # noqa: S704 -- the label is escaped, the rest is ours
