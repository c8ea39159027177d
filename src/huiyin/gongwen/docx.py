"""Letters, forms and registers as .docx, laid out after GB/T 9704-2012, for WPS, Word and LibreOffice.

The red head, rules, number and result mark stand in the first page's header and footer: a drafter's edits do not touch
them, and the text that is read back begins with the title."""

from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Mm, Pt

from huiyin.gongwen import docx_styles as styles
from huiyin.gongwen import layout
from huiyin.gongwen.docx_papers import write_form, write_list
from huiyin.gongwen.docx_parts import (
    add_element,
    border,
    clean,
    field,
    fill_cell,
    frame,
    keep_whole,
    make_table,
    pad,
    repeat_head,
    save,
    set_page,
    spread,
    twips,
)
from huiyin.gongwen.structure import (
    BLANK_DATE,
    Annex,
    Block,
    Form,
    FormSet,
    Heading,
    Letter,
    ListPaper,
    Paper,
    Report,
    Table,
)
from huiyin.kernel.numerals import document_date

# The thick line of a red double rule, in eighths of a point as Word counts; its thin one is a third of that.
_RULE_EIGHTHS: Final = 18
_IMPRINT_EIGHTHS: Final = 8
_REPORT_RULE_EIGHTHS: Final = 12


def write_docx(paper: Paper) -> bytes:
    """The paper as a .docx file; equal papers give equal bytes."""
    document = Document()
    styles.add_styles(document)
    _set_properties(document, paper)
    match paper:
        case Letter():
            _write_letter(document, paper)
        case Form():
            write_form(document, paper)
        case FormSet():
            write_form(document, paper.forms[0])
            for form in paper.forms[1:]:
                _write_enclosure(document, form)
        case ListPaper():
            write_list(document, paper)
    return save(document)


def _set_properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author = clean(paper.title)[:255], clean(paper.organ)[:255]
    properties.comments = properties.last_modified_by = ""
    properties.language = "zh-CN"
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RT.THUMBNAIL:
            # The picture of python-docx's own empty template.
            package.rels.pop(key)


def _write_letter(document: Any, letter: Letter) -> None:
    section = document.sections[0]
    set_page(
        section,
        landscape=False,
        top=layout.TOP,
        right=layout.RIGHT,
        bottom=layout.BOTTOM,
        left=layout.LEFT,
        foot=layout.BOTTOM - layout.PAGE_NUMBER_BELOW_TEXT - layout.SMALL_SIZE * 25.4 / 72,
    )
    section.header_distance = Mm(layout.HEAD_TOP)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    if isinstance(letter, Report):
        _first_page_of_report(section, letter)
    else:
        _first_page(section, letter)
    _page_numbers(section)
    _write_text(document, letter)
    _write_ending(document, letter)
    for annex in letter.annexes:
        _write_annex(document, annex, letter)
    _write_imprint(document, letter)
    for form in letter.enclosures:
        _write_enclosure(document, form)


def _first_page(section: Any, letter: Letter) -> None:
    header, footer = section.first_page_header, section.first_page_footer
    paragraph = header.paragraphs[0]
    if letter.mark:
        paragraph.style = styles.MARK
        paragraph.add_run(clean(letter.mark))
        frame(paragraph, wrap="around", vAnchor="page", hAnchor="margin", xAlign="right", y=twips(layout.MARK_TOP))
        paragraph = header.add_paragraph()
    paragraph.style = styles.RED_HEAD
    _red_head(paragraph, letter)
    _as_wide_as_rules(paragraph)
    border(
        paragraph,
        "bottom",
        "thickThinSmallGap",
        eighths=_RULE_EIGHTHS,
        space=layout.points(layout.HEAD_TO_RULE),
        colour=layout.RED,
    )
    line = header.add_paragraph(style=styles.NUMBER)
    pad(line, before=layout.RULE_TO_TEXT)
    if letter.signer:
        line.add_run("签发人：")
        styles.set_fonts(line.add_run(clean(letter.signer))._r.get_or_add_rPr(), styles.KAI)
    spread(line, ("", letter.number), layout.TEXT_WIDTH)
    _bottom_rule(footer)


def _red_head(paragraph: Any, letter: Letter) -> None:
    size = layout.head_size(letter.head)
    paragraph.paragraph_format.line_spacing = Pt(size)
    paragraph.add_run(clean(letter.head)).font.size = Pt(size)


def _first_page_of_report(section: Any, report: Report) -> None:
    header = section.first_page_header
    _page_number(section.first_page_footer, "right")
    if not report.is_headed:
        return
    head = header.paragraphs[0]
    head.style = styles.RED_HEAD
    _red_head(head, report)
    pad(head, before=layout.points(layout.REPORT_HEAD_TOP - layout.HEAD_TOP))
    line = header.add_paragraph(style=styles.NUMBER)
    pad(line, before=2 * layout.LINE_PITCH)
    _indent(line, styles.NUMBER, left=1, right=1)
    indents = 2 * layout.BODY_SIZE * 25.4 / 72
    line.paragraph_format.tab_stops.add_tab_stop(Mm(layout.TEXT_WIDTH - indents / 2), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(clean(report.number))
    if report.signer:
        line.add_run("\t签发人：")
        styles.set_fonts(line.add_run(clean(report.signer))._r.get_or_add_rPr(), styles.KAI)
    rule = header.add_paragraph(style=styles.NUMBER)
    rule.paragraph_format.line_spacing = Pt(1)
    border(
        rule, "bottom", "single", eighths=_REPORT_RULE_EIGHTHS, space=layout.points(layout.HEAD_TO_RULE),
        colour=layout.RED,
    )  # fmt: skip


def _as_wide_as_rules(paragraph: Any) -> None:
    overhang = (layout.PAGE[0] - layout.RULE_WIDTH) / 2
    paragraph.paragraph_format.left_indent = Mm(overhang - layout.LEFT)
    paragraph.paragraph_format.right_indent = Mm(overhang - layout.RIGHT)


def _bottom_rule(footer: Any) -> None:
    rule = footer.paragraphs[0]
    rule.style = styles.PAGE_NUMBER
    rule.paragraph_format.line_spacing = Pt(1)
    # A line below its paragraph reads thin-thick downwards in every word processor, a line above does not.
    border(rule, "bottom", "thinThickSmallGap", eighths=_RULE_EIGHTHS, colour=layout.RED)
    frame(
        rule,
        w=twips(layout.RULE_WIDTH),
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        xAlign="center",
        y=twips(layout.PAGE[1] - layout.RULE_FROM_BOTTOM),
    )
    footer.add_paragraph(style=styles.PAGE_NUMBER)


def _page_numbers(section: Any) -> None:
    """One character in from the outer edge: odd pages right, even pages left (7.5)."""
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")


def _page_number(footer: Any, side: str) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = styles.PAGE_NUMBER
    add_element(paragraph._p.get_or_add_pPr(), "jc", val=side)
    styles.indent(paragraph._p.get_or_add_pPr(), styles.STYLES[styles.PAGE_NUMBER], **{side: 1.0})
    paragraph.add_run("— ")
    field(paragraph, "PAGE")
    paragraph.add_run(" —")


def _write_text(document: Any, letter: Letter) -> None:
    title = document.add_paragraph(style=styles.TITLE)
    for order, line in enumerate(layout.title_lines(letter.title)):
        run = title.add_run()
        if order:
            run.add_break()
        run.add_text(clean(line))
    document.add_paragraph(clean(letter.salutation), styles.SALUTATION)
    _write_blocks(document, letter.body)
    if letter.closing:
        document.add_paragraph(clean(letter.closing), styles.CLOSING)


def _write_blocks(document: Any, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        match block:
            case Table():
                _write_table(document, block)
            case Heading():
                paragraph = document.add_paragraph(clean(block.lead), styles.HEADINGS[block.level])
                if block.tail:
                    paragraph.paragraph_format.keep_with_next = False
                    styles.set_fonts(paragraph.add_run(clean(block.tail))._r.get_or_add_rPr(), styles.FANG)
            case _:
                document.add_paragraph(clean(block.text), styles.BODY)


def _write_table(document: Any, block: Table) -> None:
    widths = block.widths or (1.0,) * len(block.rows[0])
    table = make_table(document, widths, layout.TEXT_WIDTH, len(block.rows))
    for order, (made, row) in enumerate(zip(table.rows, block.rows, strict=True)):
        for cell, text in zip(made.cells, row, strict=True):
            fill_cell(cell, text, styles.TABLE_CELL if order else styles.TABLE_HEAD)
        keep_whole(made)
    repeat_head(table.rows[0])


def _write_ending(document: Any, letter: Letter) -> None:
    for order, line in enumerate(layout.attachment_lines(letter.attachments)):
        paragraph = document.add_paragraph(clean(line), styles.ATTACHMENT)
        if order == 0:
            pad(paragraph, before=layout.LINE_PITCH)
        else:
            _indent(paragraph, styles.ATTACHMENT, left=6.5, first_line=-1.5)
    day = document_date(letter.signed_on) if letter.signed_on else BLANK_DATE
    if letter.signatures:
        # The signature may not stand alone on a page: the text before it comes along (7.3.5.5).
        for paragraph in document.paragraphs[-1 - len(letter.attachments) :]:
            paragraph.paragraph_format.keep_with_next = True
    if len(letter.signatures) > 1:
        _write_joint_signature(document, letter, day)
    for order, organ in enumerate(letter.signatures if len(letter.signatures) == 1 else ()):
        paragraph = document.add_paragraph(clean(organ), styles.SIGNATURE)
        _indent(paragraph, styles.SIGNATURE, right=layout.signature_indents(organ, day).organ)
        if order == 0:
            pad(paragraph, before=2 * layout.LINE_PITCH)
    if len(letter.signatures) == 1:
        widest = max(letter.signatures, key=layout.width)
        paragraph = document.add_paragraph(day, styles.DATE)
        _indent(paragraph, styles.DATE, right=layout.signature_indents(widest, day).date)
    for note in letter.notes:
        document.add_paragraph(clean(f"（{note}）"), styles.NOTE)


def _write_joint_signature(document: Any, letter: Letter, day: str) -> None:
    """Organs side by side, each with room for its seal; the date stands under the last (7.3.5.1)."""
    rows = layout.signature_rows(letter.signatures)
    cells = max(len(row) for row in rows)
    for order, row in enumerate(rows):
        before = layout.points(layout.SEAL + layout.HEAD_TO_RULE) - layout.LINE_PITCH if order else 0
        _centred(document, styles.SIGNATURE, [""] * (cells - len(row)) + list(row), before or 2 * layout.LINE_PITCH)
    _centred(document, styles.DATE, [""] * (cells - 1) + [day], 0)


def _centred(document: Any, style: str, texts: Sequence[str], before: float) -> None:
    """Texts in one line, each centred in its share of it."""
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    share = layout.TEXT_WIDTH / len(texts)
    for order in range(len(texts)):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(share * (order + 0.5)), WD_TAB_ALIGNMENT.CENTER)
    paragraph.add_run(clean("".join(f"	{text}" for text in texts)))
    pad(paragraph, before=before)


def _indent(paragraph: Any, style: str, *, left: float = 0, right: float = 0, first_line: float = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    styles.indent(properties, styles.STYLES[style], left=left, right=right, first_line=first_line)


def _write_annex(document: Any, annex: Annex, letter: Letter) -> None:
    order = str(letter.annexes.index(annex) + 1) if len(letter.annexes) > 1 else ""
    mark = document.add_paragraph(f"附件{order}", styles.ANNEX_MARK)
    mark.paragraph_format.page_break_before = True
    document.add_paragraph(clean(annex.title), styles.ANNEX_TITLE)
    _write_blocks(document, annex.blocks)


def _write_imprint(document: Any, letter: Letter) -> None:
    lines: list[Any] = []
    if letter.copies:
        lines.append(document.add_paragraph(clean(f"抄送：{'，'.join(letter.copies)}。"), styles.IMPRINT))
    if letter.printed_by:
        lines.append(_printed_line(document, letter))
        for line in lines:
            # Neighbours with equal borders share one box; LibreOffice loses the frame when they differ.
            border(line, "top", "single", eighths=_IMPRINT_EIGHTHS)
            border(line, "bottom", "single", eighths=_IMPRINT_EIGHTHS)
    for line in lines:
        frame(
            line, w=twips(layout.TEXT_WIDTH), wrap="around", vAnchor="margin", hAnchor="margin", x="0", yAlign="bottom"
        )
    if lines and not letter.enclosures:
        # A frame needs a paragraph to hang on; this one may not push anything to a new page.
        document.add_paragraph(style=styles.NOTE).paragraph_format.line_spacing = Pt(1)


def _printed_line(document: Any, letter: Letter) -> Any:
    line = document.add_paragraph(style=styles.IMPRINT)
    _indent(line, styles.IMPRINT, left=1, right=1)
    printed = f"{document_date(letter.printed_on)}印发" if letter.printed_on else ""
    spread(line, (letter.printed_by, printed), layout.TEXT_WIDTH - layout.SMALL_SIZE * 25.4 / 72)
    return line


def _write_enclosure(document: Any, form: Form) -> None:
    section = document.add_section()
    section.different_first_page_header_footer = False
    for part in (section.header, section.footer, section.even_page_header, section.even_page_footer):
        part.is_linked_to_previous = False
    write_form(document, form)
