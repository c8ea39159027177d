"""Reduce the pictures of tests/browser/test_screenshots.py to what the manual and the READMEs carry.

Run by `make screenshots`. Each becomes a palette PNG of at most 1000 pixels' width; refuses what grows too heavy."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

TAKEN: Final = Path("build/screenshots/manual")
KEPT: Final = Path("docs/images")
WIDEST: Final = 1000
PALETTES: Final = (96, 64, 48)  # colours, tried until the picture is light enough
HEAVIEST: Final = 90_000
MOST: Final = 14
ALL_TOGETHER: Final = 900_000


def main() -> int:
    """Replace docs/images by the pictures just taken; 1 with a sentence when something is missing or too heavy."""
    taken = sorted(TAKEN.glob("*.png"))
    if not taken:
        return _refuse(f"no pictures in {TAKEN}: run the tests first (make screenshots)")
    if len(taken) > MOST:
        return _refuse(f"{len(taken)} pictures, at most {MOST} are kept")
    reduced = {path.name: reduce(path) for path in taken}
    heavy = [f"{name} {len(data)}" for name, data in reduced.items() if len(data) > HEAVIEST]
    total = sum(len(data) for data in reduced.values())
    if heavy or total > ALL_TOGETHER:
        return _refuse(f"too heavy: {', '.join(heavy) or total}")
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.png"):
        if old.name not in reduced:
            old.unlink()
    for name, data in reduced.items():
        (KEPT / name).write_bytes(data)
    sys.stdout.write(f"{len(reduced)} pictures, {total // 1000} kB\n")
    return 0


def reduce(path: Path) -> bytes:
    """A picture as a light palette PNG."""
    with Image.open(path) as taken:
        picture = taken.convert("RGB")
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)), Image.Resampling.LANCZOS)
    data = b""
    for colours in PALETTES:
        made = BytesIO()
        few = picture.quantize(colours, kmeans=2, dither=Image.Dither.NONE)
        few.save(made, format="PNG", optimize=True)
        data = made.getvalue()
        if len(data) <= HEAVIEST:
            break
    return data


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
