"""Binding papers into one PDF: foreign PDFs made safe to bind, scans laid on A4, every page stamped, an outline.

Each paper lies in a file of its own until the end, so that however many there are, one at a time is in memory; the
bound file alone is held as a whole, and whoever binds limits its size."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageFile, ImageOps, ImageSequence
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from huiyin.gongwen.layout import PAGE
from huiyin.kernel.refusals import Refusal

MOST_PAGES: Final = 800  # of one paper
MOST_PIXELS: Final = 120_000_000
DPI: Final = 250
_EDGE: Final = 10  # mm left white around a scan
_MM: Final = 25.4
_FONT: Final = "/HuiyinStamp"
_SIZE: Final = 9.0  # points on a page as wide as A4
_MARGIN: Final = 22.0  # points from the edges
_WIDTHS: Final = {" ": 0.278, "/": 0.278, "-": 0.333}  # Helvetica, in em; digits 0.556
_INCH: Final = 72.0


class Unreadable(Refusal):
    """The paper cannot be bound: damaged, locked, or out of all proportion."""

    code = "gongwen.unreadable"


def lay_pdf(content: bytes, to: Path) -> int:
    """Write a PDF anew without what runs or opens by itself; returns its pages. Raises Unreadable."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        if locked:
            raise Unreadable("这份 PDF 有密码，打不开。")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"这份 PDF 超过{MOST_PAGES}页。")
        writer = PdfWriter()
        for page in reader.pages:
            _disarm(writer.add_page(page))
        if not writer.pages:
            raise Unreadable("这份 PDF 没有一页内容。")
        writer.write(to)
        return len(PdfReader(to, strict=False).pages)
    except Unreadable:
        raise
    except Exception as broken:  # a damaged PDF may fail anywhere in the library, with anything
        raise Unreadable("这份 PDF 已损坏，打不开。") from broken


def lay_images(content: bytes, to: Path) -> int:
    """Lay each picture of a scan on a page of A4, upright or across; returns the pages. Raises Unreadable."""
    try:
        with _whole_only(), Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "TIFF"]) as image:
            if getattr(image, "n_frames", 1) > MOST_PAGES or image.width * image.height > MOST_PIXELS:
                raise Unreadable("这张图片太大，不能排入。")
            writer = PdfWriter()
            for frame in ImageSequence.Iterator(image):
                writer.append(io.BytesIO(_sheet(frame)))
            writer.write(to)
            return len(writer.pages)
    except Unreadable:
        raise
    except Exception as broken:  # as with PDFs: a damaged picture may fail anywhere
        raise Unreadable("这张图片已损坏，打不开。") from broken


def pad(path: Path, pages: int) -> None:
    """Add empty pages to a file of this module until it has so many."""
    there = PdfReader(path)
    if len(there.pages) < pages:
        writer = PdfWriter(clone_from=there)
        while len(writer.pages) < pages:
            writer.add_blank_page()
        writer.write(path)


def bind(parts: Iterable[tuple[str, Path]], *, stamp: Callable[[int], str], title: str) -> bytes:
    """One PDF of all parts in order, each named in the outline, each page stamped in its upper right corner.

    parts: title and a file written by this module. stamp: page number, from 1, to digits, "-", "/" and spaces."""
    writer, page_number = PdfWriter(), 0
    font = writer._add_object(_helvetica())  # the way pypdf offers for objects of one's own
    for name, path in parts:
        first = page_number
        for page in PdfReader(path, strict=False).pages:
            page_number += 1
            _stamp(writer, writer.add_page(page), stamp(page_number), font)
        writer.add_outline_item(title=name, page_number=first)
    writer.add_metadata({"/Title": title})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@contextmanager
def _whole_only() -> Iterator[None]:
    """WeasyPrint makes Pillow take half a picture for a whole one; a file must not."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _disarm(page: PageObject) -> None:
    page.pop("/AA", None)
    for reference in page.get("/Annots") or ():
        mark = reference.get_object()
        if isinstance(mark, DictionaryObject):
            mark.pop("/A", None)
            mark.pop("/AA", None)


def _sheet(frame: Image.Image) -> bytes:
    picture = ImageOps.exif_transpose(frame)
    if picture.mode not in {"1", "L"}:
        if "A" in picture.getbands() or "transparency" in picture.info:
            ground = Image.new("RGBA", picture.size, "white")
            ground.alpha_composite(picture.convert("RGBA"))
            picture = ground
        picture = picture.convert("RGB")
    across = picture.width > picture.height
    wide, high = (_pixels(side) for side in (reversed(PAGE) if across else PAGE))
    room = (wide - 2 * _pixels(_EDGE), high - 2 * _pixels(_EDGE))
    scale = min(room[0] / picture.width, room[1] / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    if picture.mode == "1":
        picture = picture.convert("L")  # a bit-wise scan shrinks to greys, else thin strokes vanish
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    page = Image.new(picture.mode, (wide, high), "white")
    page.paste(picture, ((wide - size[0]) // 2, (high - size[1]) // 2))
    out = io.BytesIO()
    page.save(out, "PDF", resolution=DPI, quality=85)
    return out.getvalue()


def _pixels(millimetres: float) -> int:
    return round(millimetres / _MM * DPI)


def _helvetica() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def _stamp(writer: PdfWriter, page: PageObject, text: str, font: Any) -> None:
    """Add the stamp after the page's own content, which is put in brackets and otherwise left as it is."""
    resources = page.get("/Resources", DictionaryObject()).get_object()
    fonts = resources.get("/Font", DictionaryObject()).get_object()
    own = DictionaryObject(resources)
    own[NameObject("/Font")] = DictionaryObject({**fonts, NameObject(_FONT): font})
    page[NameObject("/Resources")] = own
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(f"\nQ\n{_drawn(page, text)}".encode("ascii"))
    there = page.get("/Contents")
    found = there.get_object() if there is not None else ArrayObject()
    streams = list(found) if isinstance(found, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *streams, writer._add_object(after)])


def _drawn(page: PageObject, text: str) -> str:
    """White ground and the stamp on it, where the reader sees the upper right corner, however the page is turned."""
    box = page.cropbox
    left, bottom, right, top = (float(edge) for edge in (box.left, box.bottom, box.right, box.top))
    turned = int(page.rotation or 0) % 360
    along, up, corner = {
        0: ((1, 0), (0, 1), (right, top)),
        90: ((0, 1), (-1, 0), (left, top)),
        180: ((-1, 0), (0, -1), (left, bottom)),
        270: ((0, -1), (1, 0), (right, bottom)),
    }[turned]
    factor = max(min(top - bottom, right - left) / (PAGE[0] / _MM * _INCH), 0.3)  # as large as on A4 when printed
    size = _SIZE * factor
    width = sum(_WIDTHS.get(each, 0.556) for each in text) * size
    back, down = _MARGIN * factor + width, _MARGIN * factor
    at = [corner[axis] - along[axis] * back - up[axis] * down for axis in (0, 1)]
    matrix = " ".join(f"{number:.2f}" for number in (*along, *up, *at))
    pad = size * 0.3
    return (
        f"q {matrix} cm 1 g {-pad:.2f} {-pad:.2f} {width + 2 * pad:.2f} {size + pad:.2f} re f "
        f"BT 0 g {_FONT} {size:.2f} Tf ({text}) Tj ET Q\n"
    )
