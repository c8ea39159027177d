"""The named styles of our .docx: the drafter sees them in WPS or Word, the reader recognises them afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from huiyin.gongwen.layout import BODY_SIZE, LINE_PITCH, RED, SMALL_SIZE, TITLE_SIZE, TRACKING

FANG, SONG, HEI, KAI, PLAIN_SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"

TITLE, SALUTATION, BODY, CLOSING = "HY Title", "HY Salutation", "HY Body", "HY Closing"
ATTACHMENT, SIGNATURE, DATE, NOTE = "HY Attachment", "HY Signature", "HY Date", "HY Note"
IMPRINT, ANNEX_MARK, ANNEX_TITLE = "HY Imprint", "HY Annex Mark", "HY Annex Title"
HEADINGS: Final = {level: f"HY Heading {level}" for level in range(1, 5)}
TABLE_HEAD, TABLE_CELL = "HY Table Head", "HY Table Cell"
RED_HEAD, NUMBER, MARK, PAGE_NUMBER = "HY Red Head", "HY Number", "HY Mark", "HY Page Number"
FORM_TITLE, FORM_ORGAN, FORM_META, FORM_LABEL, FORM_VALUE = (
    "HY Form Title",
    "HY Form Organ",
    "HY Form Meta",
    "HY Form Label",
    "HY Form Value",
)
FORM_NOTE, LIST_HEAD, LIST_CELL = "HY Form Note", "HY List Head", "HY List Cell"
LIST_PAGE_NUMBER = "HY List Page Number"


@dataclass(frozen=True)
class Style:
    """Sizes and pitches in points, indents in characters of the style's own size."""

    name: str
    font: str = FANG
    size: float = BODY_SIZE
    pitch: float = LINE_PITCH
    align: Any = ALIGN.LEFT
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    tracking: float = TRACKING
    follower: str = ""
    outline: int = 0
    keeps_with_next: bool = False
    colour: str = ""


def _styles() -> Iterator[Style]:
    centre, right, both = ALIGN.CENTER, ALIGN.RIGHT, ALIGN.JUSTIFY
    yield Style(BODY, align=both, first_line=2)
    yield Style(HEADINGS[1], HEI, align=both, first_line=2, follower=BODY, outline=1, keeps_with_next=True)
    yield Style(HEADINGS[2], KAI, align=both, first_line=2, follower=BODY, outline=2, keeps_with_next=True)
    yield Style(HEADINGS[3], align=both, first_line=2, follower=BODY, outline=3)
    yield Style(HEADINGS[4], align=both, first_line=2, follower=BODY, outline=4)
    yield Style(
        TITLE, SONG, TITLE_SIZE, 34, centre, before=2 * LINE_PITCH, after=LINE_PITCH, tracking=0, follower=SALUTATION
    )
    yield Style(SALUTATION, follower=BODY, keeps_with_next=True)
    yield Style(CLOSING, align=both, first_line=2, follower=SIGNATURE)
    yield Style(ATTACHMENT, first_line=-3, left=5)
    yield Style(SIGNATURE, align=right, keeps_with_next=True, follower=DATE, tracking=0)
    yield Style(DATE, align=right, follower=NOTE, tracking=0)
    yield Style(NOTE, first_line=2)
    yield Style(IMPRINT, size=SMALL_SIZE, pitch=24, align=both, first_line=-3, left=4, right=1, tracking=0)
    yield Style(ANNEX_MARK, HEI, follower=ANNEX_TITLE, keeps_with_next=True)
    yield Style(ANNEX_TITLE, SONG, TITLE_SIZE, 34, centre, before=LINE_PITCH, after=LINE_PITCH, follower=BODY)
    yield Style(TABLE_HEAD, HEI, SMALL_SIZE, 22, centre, tracking=0)
    yield Style(TABLE_CELL, size=SMALL_SIZE, pitch=22, tracking=0)
    yield Style(RED_HEAD, SONG, 36, 40, centre, tracking=0, colour=RED)
    yield Style(NUMBER, tracking=0)
    yield Style(MARK, HEI, align=right, tracking=0)
    yield Style(PAGE_NUMBER, PLAIN_SONG, SMALL_SIZE, SMALL_SIZE, tracking=0)
    yield Style(FORM_ORGAN, size=SMALL_SIZE, pitch=20, align=centre, tracking=0)
    yield Style(FORM_TITLE, SONG, 20, 30, centre, after=8, tracking=0)
    yield Style(FORM_META, size=12, pitch=20, after=2, tracking=0)
    yield Style(FORM_LABEL, HEI, 12, 18, centre, tracking=0)
    yield Style(FORM_VALUE, size=12, pitch=18, before=1, after=1, tracking=0)
    yield Style(LIST_PAGE_NUMBER, PLAIN_SONG, 10.5, 15, centre, tracking=0)
    yield Style(FORM_NOTE, size=10.5, pitch=16, before=2, tracking=0)
    yield Style(LIST_HEAD, HEI, 10.5, 15, centre, before=2, after=2, tracking=0)
    yield Style(LIST_CELL, size=10.5, pitch=15, before=2, after=2, tracking=0)


STYLES: Final = {style.name: style for style in _styles()}


def add_styles(document: Any) -> None:
    """Give the document our styles and strip what python-docx's own template would mix in."""
    normal = document.styles["Normal"]
    set_fonts(normal.element.get_or_add_rPr(), FANG)
    normal.font.size = Pt(BODY_SIZE)
    for language in document.styles.element.iter(qn("w:lang")):
        # Without the latter a word processor that lacks our fonts may show Japanese glyphs; were the former Chinese,
        # LibreOffice would break lines within numbers.
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    for style in STYLES.values():
        _add_style(document, style)
    for style in STYLES.values():
        if style.follower:
            document.styles[style.name].next_paragraph_style = document.styles[style.follower]


def _add_style(document: Any, style: Style) -> None:
    made = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    made.font.size = Pt(style.size)
    properties = made.element.get_or_add_rPr()
    set_fonts(properties, style.font)
    if style.tracking:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(style.tracking * 20)))
        properties.append(spacing)
    if style.colour:
        made.font.color.rgb = RGBColor.from_string(style.colour)
    shape = made.paragraph_format
    shape.alignment = style.align
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(style.pitch)
    shape.space_before, shape.space_after = Pt(style.before), Pt(style.after)
    shape.keep_with_next = style.keeps_with_next
    shape.widow_control = False
    indent(made.element.get_or_add_pPr(), style, first_line=style.first_line, left=style.left, right=style.right)
    for switch in ("w:autoSpaceDE", "w:autoSpaceDN"):
        # No extra space around digits, or a line no longer holds its 28 characters.
        element = OxmlElement(switch)
        element.set(qn("w:val"), "0")
        made.element.get_or_add_pPr().insert_element_before(element, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    if style.outline:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(style.outline - 1))
        made.element.get_or_add_pPr().append(level)


def set_fonts(run_properties: Any, font: str) -> None:
    """One face for all scripts, so that Chinese quotation marks and digits come from the same font."""
    fonts = run_properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        run_properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def indent(
    paragraph_properties: Any, style: Style, *, first_line: float = 0, left: float = 0, right: float = 0
) -> None:
    """Indents in characters, as Word and WPS keep them, with the same in twips for everyone else."""
    element = paragraph_properties.get_or_add_ind()
    element.attrib.clear()
    for name, characters in (("left", left), ("right", right)):
        if characters:
            _set_indent(element, name, characters, style.size)
    # A zero is written too: it takes back what the paragraph's style has.
    _set_indent(element, "hanging" if first_line < 0 else "firstLine", abs(first_line), style.size)


def _set_indent(element: Any, name: str, characters: float, size: float) -> None:
    element.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
    element.set(qn(f"w:{name}"), str(round(characters * size * 20)))
