"""Forms and registers as .docx."""

from typing import Any, Final

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from huiyin.gongwen import docx_styles as styles
from huiyin.gongwen.docx_parts import clean, field, fill_cell, keep_whole, make_table, repeat_head, set_page, spread
from huiyin.gongwen.layout import FORM_MARGINS, LIST_MARGINS, PAGE, packed, points
from huiyin.gongwen.structure import Form, ListPaper, Row

_ROW_HEIGHT: Final = 9.0


def write_form(document: Any, form: Form) -> None:
    """Lay the form out in the document's last section."""
    section = document.sections[-1]
    set_page(section, landscape=form.landscape, **FORM_MARGINS)
    line = _line_width(form.landscape, FORM_MARGINS)
    _heading(document, form, line)
    table = make_table(document, form.widths, line, len(form.rows))
    for order, row in enumerate(form.rows):
        _fill_row(table.rows[order], row)
        if order < form.repeated:
            repeat_head(table.rows[order])
    _below(document, form.signatures, form.notes, line)


def _fill_row(made: Any, row: Row) -> None:
    made.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    made.height = Mm(max(row.height, _ROW_HEIGHT))
    if not row.height:
        keep_whole(made)
    at = 0
    cells = made.cells
    for cell in row.cells:
        place = cells[at]
        if cell.span > 1:
            place = place.merge(cells[at + cell.span - 1])
        # Room for handwriting is written from the top, short facts stand in the middle.
        is_room = row.height and not cell.is_label
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if is_room else WD_CELL_VERTICAL_ALIGNMENT.CENTER
        fill_cell(place, cell.text, styles.FORM_LABEL if cell.is_label else styles.FORM_VALUE)
        at += cell.span


def write_list(document: Any, paper: ListPaper) -> None:
    """Lay the register out in the document's last section."""
    section = document.sections[-1]
    set_page(section, landscape=paper.landscape, **LIST_MARGINS)
    line = _line_width(paper.landscape, LIST_MARGINS)
    _heading(document, paper, line)
    table = make_table(document, [column.width for column in paper.columns], line, len(paper.rows) + 1)
    head, *rows = table.rows
    repeat_head(head)
    for cell, column in zip(head.cells, paper.columns, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        fill_cell(cell, column.title, styles.LIST_HEAD)
    for made, row in zip(rows, paper.rows, strict=True):
        keep_whole(made)
        for cell, column, text in zip(made.cells, paper.columns, row, strict=True):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            fill_cell(cell, text, styles.LIST_CELL)
            if column.is_centred:
                for paragraph in cell.paragraphs:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _below(document, (), paper.notes, line)
    _number_pages(section)


def _line_width(landscape: bool, margins: dict[str, float]) -> float:
    return PAGE[1 if landscape else 0] - margins["left"] - margins["right"]


def _heading(document: Any, paper: Form | ListPaper, line: float) -> None:
    if paper.organ:
        document.add_paragraph(clean(paper.organ), styles.FORM_ORGAN)
    document.add_paragraph(clean(paper.title), styles.FORM_TITLE)
    _spread_all(document, paper.meta, line)


def _below(document: Any, signatures: tuple[str, ...], notes: tuple[str, ...], line: float) -> None:
    for paragraph in _spread_all(document, signatures, line)[:1]:
        paragraph.paragraph_format.space_before = Mm(5)
    for note in notes:
        document.add_paragraph(clean(note), styles.FORM_NOTE)


def _spread_all(document: Any, texts: tuple[str, ...], line: float) -> list[Any]:
    made = []
    for facts in packed(texts, points(line) / styles.STYLES[styles.FORM_META].size):
        made.append(document.add_paragraph(style=styles.FORM_META))
        spread(made[-1], facts, line)
    return made


def _number_pages(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = styles.LIST_PAGE_NUMBER
    paragraph.add_run("第 ")
    field(paragraph, "PAGE")
    paragraph.add_run(" 页　共 ")
    field(paragraph, "NUMPAGES")
    paragraph.add_run(" 页")
