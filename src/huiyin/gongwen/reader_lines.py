"""From the XML of a .docx to plain lines: an allow-list of what text may consist of, everything else is refused.

A drafter's bold, colours, sizes and fonts are dropped on purpose: the house lays the letter out. What would change the
text's meaning when dropped (hidden or struck-out text, superscripts, tracked changes) is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from huiyin.gongwen.reader_numbering import Numbering
from huiyin.gongwen.reader_package import CannotRead, Package
from huiyin.gongwen.reader_xml import attribute, child, children, is_on, name_of, number
from huiyin.kernel.text import clip, normalise

_DEPTH: Final = 60
_SNIPPET: Final = 16

# Groups whose content is text like any other.
_TRANSPARENT: Final = {
    "w:r", "w:hyperlink", "w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:dir", "w:bdo", "w:fldSimple",
}  # fmt: skip
_IGNORED: Final = {
    "", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:proofErr", "w:bookmarkStart",
    "w:bookmarkEnd", "w:permStart", "w:permEnd", "w:lastRenderedPageBreak", "w:fldChar", "w:sectPr", "w:tblPr",
    "w:tblGrid", "w:trPr", "w:tcPr", "w:tblPrEx",
}  # fmt: skip
_LITERAL: Final = {"w:tab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": ""}
_REFUSED: Final = {
    "w:ins": "修订痕迹（请先接受或拒绝全部修订）",
    "w:del": "修订痕迹（请先接受或拒绝全部修订）",
    "w:moveFrom": "修订痕迹（请先接受或拒绝全部修订）",
    "w:moveTo": "修订痕迹（请先接受或拒绝全部修订）",
    "w:commentReference": "批注（请先删除全部批注）",
    "w:commentRangeStart": "批注（请先删除全部批注）",
    "w:commentRangeEnd": "批注（请先删除全部批注）",
    "w:footnoteReference": "脚注",
    "w:endnoteReference": "尾注",
    "w:object": "嵌入的对象",
    "w:altChunk": "嵌入的文档",
    "w:subDoc": "子文档",
    "w:sym": "特殊符号字体的字符",
    "w:ruby": "拼音指南",
    "m:oMath": "公式",
    "m:oMathPara": "公式",
}
_DRAWN: Final = {"w:drawing", "w:pict", "mc:AlternateContent"}
_REFUSED_STYLES: Final = (
    ("w:vanish", "隐藏文字"),
    ("w:strike", "加了删除线的文字"),
    ("w:dstrike", "加了删除线的文字"),
    ("w:rPrChange", "修订痕迹（请先接受或拒绝全部修订）"),
    ("w:ins", "修订痕迹（请先接受或拒绝全部修订）"),
    ("w:del", "修订痕迹（请先接受或拒绝全部修订）"),
)


@dataclass(frozen=True)
class Line:
    """One paragraph; \\n where the drafter broke a line by hand. styles: its style's name and those it is based on."""

    text: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """One table; every row has the same number of cells. widths: of its columns, in percent."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


def read_lines(package: Package) -> Iterator[Line | Grid]:
    """The paragraphs and tables of the document's body one by one, empty paragraphs left out. Raises CannotRead."""
    body = child(package.document, "w:body")
    if body is None:
        raise CannotRead("文件中没有正文，无法读取。")
    return _Reader(package).blocks(body)


class _Reader:
    def __init__(self, package: Package) -> None:
        self._styles = {attribute(one, "styleId"): one for one in _styles(package.styles)}
        self._default = next((key for key, one in self._styles.items() if attribute(one, "default") == "1"), "")
        self._numbering = Numbering(package.numbering)
        self._order = 0

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Line | Grid]:
        for element in parent:
            match name_of(element):
                case "w:p":
                    line = self._line(element)
                    if line.text:
                        yield line
                case "w:tbl":
                    yield self._grid(element)
                case "w:sdt" | "w:sdtContent" | "w:customXml" if depth < _DEPTH:
                    yield from self.blocks(element, depth + 1)
                case name if name not in _IGNORED:
                    raise self._cannot(_reason(element, name), "")

    def _line(self, paragraph: Any) -> Line:
        self._order += 1
        text = ""
        try:
            _check_properties(child(paragraph, "w:pPr"))
            styles = self._chain(attribute(child(paragraph, "w:pPr", "w:pStyle")))
            text = self._number(paragraph, styles)
            for piece in _pieces(paragraph, 0):
                text += piece
        except CannotRead as found:
            raise self._cannot(str(found), text) from found
        names = tuple(attribute(child(self._styles[key], "w:name")).lower() for key in styles)
        return Line(normalise(text), names)

    def _cannot(self, reason: str, text: str) -> CannotRead:
        near = f"（“{clip(normalise(text), _SNIPPET)}”之后）" if normalise(text) else ""
        return CannotRead(
            f"文件第 {max(self._order, 1)} 段{near}含有{reason}，系统无法读入。请删去或改为文字后重新上传。"
        )

    def _chain(self, style: str) -> list[str]:
        """Ids of the style and of all it is based on."""
        chain: list[str] = []
        style = style or self._default
        while style in self._styles and style not in chain:
            chain.append(style)
            style = attribute(child(self._styles[style], "w:basedOn"))
        return chain

    def _number(self, paragraph: Any, styles: list[str]) -> str:
        """The number an automatic list puts before the text; the nearest of paragraph and styles decides."""
        for holder in (paragraph, *(self._styles[key] for key in styles)):
            properties = child(holder, "w:pPr", "w:numPr")
            if properties is not None:
                key = attribute(child(properties, "w:numId"))
                return self._numbering.prefix(key, number(child(properties, "w:ilvl")))
        return ""

    def _grid(self, table: Any) -> Grid:
        rows: list[tuple[str, ...]] = []
        for row in children(table, "w:tr"):
            rows.append(tuple(self._cell(cell) for cell in children(row, "w:tc")))
        if any(len(row) != len(rows[0]) for row in rows) or not rows or not rows[0]:
            raise self._cannot("行列不齐的表格", "")
        grid = child(table, "w:tblGrid")
        columns = [number(one, name="w") for one in (children(grid, "w:gridCol") if grid is not None else ())]
        is_usable = len(columns) == len(rows[0]) and all(column > 0 for column in columns)
        widths = tuple(round(100 * column / sum(columns), 1) for column in columns) if is_usable else ()
        return Grid(tuple(rows), widths)

    def _cell(self, cell: Any) -> str:
        properties = child(cell, "w:tcPr")
        if properties is not None:
            is_merged = number(child(properties, "w:gridSpan"), 1) > 1 or child(properties, "w:vMerge") is not None
            if is_merged:
                raise self._cannot("合并了单元格的表格", "")
        texts = []
        for block in self.blocks(cell):
            if isinstance(block, Grid):
                raise self._cannot("嵌套在表格里的表格", "")
            texts.append(block.text)
        return "\n".join(texts)


def _styles(root: Any | None) -> list[Any]:
    if root is None:
        return []
    return [one for one in children(root, "w:style") if attribute(one, "type") in {"paragraph", ""}]


def _pieces(parent: Any, depth: int) -> Iterator[str]:
    """The text of a paragraph bit by bit; raises CannotRead with only the reason, the caller knows where."""
    if depth > _DEPTH:
        raise CannotRead("层次过深的内容")
    for element in parent:
        name = name_of(element)
        if name == "w:rPr":
            _check_run(element)
        if name == "w:t":
            yield element.text or ""
        elif name in _LITERAL:
            yield _LITERAL[name]
        elif name == "w:br":
            yield "" if attribute(element, "type") in {"page", "column"} else "\n"
        elif name == "w:instrText":
            _check_field(element.text or "")
        elif name in _TRANSPARENT:
            if name == "w:fldSimple":
                _check_field(attribute(element, "instr"))
            yield from _pieces(element, depth + 1)
        elif name not in _IGNORED:
            raise CannotRead(_reason(element, name))


def _check_properties(properties: Any | None) -> None:
    if properties is None:
        return
    marks = child(properties, "w:rPr")
    if child(properties, "w:pPrChange") is not None:
        raise CannotRead(_REFUSED["w:ins"])
    # A hidden or struck-out paragraph mark changes no text; a tracked one does.
    for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo"):
        if marks is not None and child(marks, name) is not None:
            raise CannotRead(_REFUSED[name])


def _check_run(properties: Any) -> None:
    for name, reason in _REFUSED_STYLES:
        if is_on(child(properties, name)):
            raise CannotRead(reason)
    if attribute(child(properties, "w:vertAlign")) in {"superscript", "subscript"}:
        raise CannotRead("上标或下标")


def _check_field(instruction: str) -> None:
    words = instruction.split()
    # Long instructions come in several pieces; only a piece that begins one names a field.
    if words and words[0].isalpha() and words[0].isupper() and words[0] != "HYPERLINK":
        raise CannotRead("域（自动日期、目录、页码、交叉引用等）")


def _reason(element: Any, name: str) -> str:
    if name in _DRAWN:
        inside = {str(one.tag).rpartition("}")[2] for one in element.iter()}
        return "文本框" if inside & {"txbx", "txbxContent", "textbox"} else "图片或图形"
    return _REFUSED.get(name, f"无法识别的内容（{name}）")
