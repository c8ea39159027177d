"""Small pieces of WordprocessingML that python-docx has no words for."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any, Final

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from huiyin.gongwen.layout import PAGE

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TWIPS_PER_MM: Final = 1440 / 25.4
# Zip knows no time before this; a fixed one makes equal papers equal files.
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def clean(text: str) -> str:
    """The text without the characters XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def twips(millimetres: float) -> str:
    """Millimetres in Word's unit."""
    return str(round(millimetres * _TWIPS_PER_MM))


def add_element(parent: Any, name: str, **attributes: str) -> Any:
    """Append a w: element with w: attributes."""
    element = OxmlElement(f"w:{name}")
    for key, content in attributes.items():
        element.set(qn(f"w:{key}"), content)
    parent.append(element)
    return element


def border(paragraph: Any, edge: str, kind: str, *, eighths: int, space: float = 0, colour: str = "000000") -> None:
    """A line along a paragraph. kind: single, thickThinSmallGap …; eighths: of a point; space: points to the text."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        # Word accepts pBdr only before these; python-docx's own insertions keep that order.
        properties.insert_element_before(
            borders,
            *(f"w:{name}" for name in ("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct")),
            *(f"w:{name}" for name in ("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd")),
            *(f"w:{name}" for name in ("snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")),
            *(f"w:{name}" for name in ("rPr", "sectPr")),
        )
    add_element(borders, edge, val=kind, sz=str(eighths), space=str(round(space)), color=colour)


def frame(paragraph: Any, **place: str) -> None:
    """Take the paragraph out of the flow to a place on the page; equal neighbours share one frame."""
    properties = paragraph._p.get_or_add_pPr()
    element = OxmlElement("w:framePr")
    for key, content in place.items():
        element.set(qn(f"w:{key}"), content)
    properties.insert_element_before(
        element,
        *(f"w:{name}" for name in ("widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "spacing")),
        *(f"w:{name}" for name in ("ind", "jc", "outlineLvl", "rPr", "sectPr")),
    )


def field(paragraph: Any, instruction: str) -> None:
    """A number that the word processor computes, such as PAGE."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            add_element(run._r, "fldChar", fldCharType=kind)
        else:
            add_element(run._r, "instrText").text = instruction


def spread(paragraph: Any, texts: Sequence[str], line_width: float) -> None:
    """Texts over one line of so many millimetres: the first at its left, the last at its right."""
    gaps = max(len(texts) - 1, 1)
    for order in range(1, len(texts)):
        is_last = order == gaps
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Mm(line_width * order / gaps), WD_TAB_ALIGNMENT.RIGHT if is_last else WD_TAB_ALIGNMENT.CENTER
        )
    paragraph.add_run(clean("\t".join(texts)))


def set_page(
    section: Any, *, landscape: bool, top: float, right: float, bottom: float, left: float, foot: float
) -> None:
    """A4 with margins in millimetres, no line grid. foot: from the paper's edge to the footer."""
    short, long = PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(long), Mm(short)) if landscape else (Mm(short), Mm(long))
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.footer_distance = section.header_distance = Mm(foot)
    section.gutter = Mm(0)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)


def make_table(container: Any, widths: Sequence[float], total: float, rows: int) -> Any:
    """An empty ruled table of fixed widths. widths: relative; total: millimetres."""
    table = container.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    # Centred, it is as wide as the text; aligned left, its border would stand out by the cells' padding.
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    share = total / sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width * share)
        for cell in column.cells:
            cell.width = Mm(width * share)
    return table


def fill_cell(cell: Any, text: str, style: str) -> None:
    """Write a text into a cell, one paragraph a line."""
    for order, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if order == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(clean(line))


def repeat_head(row: Any) -> None:
    """Let the row stand again on every page that the table reaches."""
    add_element(row._tr.get_or_add_trPr(), "tblHeader")


def keep_whole(row: Any) -> None:
    """Do not part the row between two pages."""
    add_element(row._tr.get_or_add_trPr(), "cantSplit")


def pad(paragraph: Any, *, before: float = 0, after: float = 0) -> None:
    """Space around one paragraph, in points."""
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    if after:
        paragraph.paragraph_format.space_after = Pt(after)


def save(document: Any) -> bytes:
    """The document as bytes, the same bytes for the same content on any day."""
    raw, stable = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return stable.getvalue()
