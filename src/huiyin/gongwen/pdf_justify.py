"""Flush right edges for Chinese text: WeasyPrint widens spaces only, and Chinese has none.

Replaces one function inside WeasyPrint (70.0, layout/inline.py); the office's letters are set flush (GB/T 9704, 5.2.3:
28 characters a line), and a line whose next character may not begin one is a character short."""

from collections.abc import Iterator
from typing import Any, Final

# A line that lacks more than this many characters of its own size is no full line and stays as it is.
_MOST_MISSING: Final = 3


def install() -> None:
    """Let WeasyPrint spread what a justified line lacks between all its characters."""
    from weasyprint.layout import inline  # noqa: PLC0415

    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, missing: float) -> None:
    """Widen a line box by `missing` CSS pixels."""
    gaps = sum(len(box.text) for box in _texts(line)) - 1
    if gaps > 0 and missing <= _MOST_MISSING * line.style["font_size"]:
        _widen(context, line, missing / gaps, 0.0)


def _texts(box: Any) -> Iterator[Any]:
    if hasattr(box, "text"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _widen(context: Any, box: Any, gap: float, moved: float) -> float:
    """Widen the box, move it by what has been added before it, and return what has been added so far."""
    from weasyprint.text.line_break import create_layout  # noqa: PLC0415

    if hasattr(box, "text"):
        box.position_x += moved
        style = box.style.copy()
        spacing = style["letter_spacing"]
        style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
        layout = create_layout(box.text, style, context, None, 0)
        layout.deactivate()
        box.style, box.pango_layout = style, layout
        added = gap * len(box.text)
        box.width += added
        return moved + added
    if not hasattr(box, "children"):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _widen(context, child, gap, moved)
    box.width += moved - before
    return moved
