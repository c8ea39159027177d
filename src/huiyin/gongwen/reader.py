"""Reading a letter back from the .docx that a drafter edited in WPS or Word.

Our own styles are recognised first; where they were lost, or the drafter began with another template, the customary
shape of an official letter is. Headers and footers are not read: they hold what the house prints itself. Enclosed forms
at the end are not read either: the house makes them anew."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from huiyin.gongwen import docx_styles as styles
from huiyin.gongwen.headings import heading_level
from huiyin.gongwen.layout import width
from huiyin.gongwen.reader_lines import Grid, Line, read_lines
from huiyin.gongwen.reader_package import CannotRead, open_package
from huiyin.gongwen.structure import Annex, Block, Heading, Paragraph, Table

__all__ = ["CannotRead", "ReadLetter", "read_letter_text"]

_NUMBER: Final = re.compile(r".*[〔［\[（(]\d{4}[〕］\])）]第?\d+号$")
_HEAD: Final = re.compile(
    r"(签发人[：:].*|(类别|结果|标记|办理结果)?.{0,4}[：:]?\s*[A-D]类?|.{2,30}(院|局|厅|委员会|办公室)(文件)?|\d{6}|特急|加急)$"
)
_DATE: Final = re.compile(r"[\d〇零一二三四五六七八九\s]*年[\d一二三四五六七八九十\s]*月[\d一二三四五六七八九十\s]*日$")
_ATTACHMENTS: Final = re.compile(r"附件[：:]\s*")
_ORDER: Final = re.compile(r"\d{1,2}[.．、]\s*")
_ANNEX: Final = re.compile(r"附件\s*[\d一二三四五六七八九十]*[：:]?$")
_CLOSING: Final = re.compile(r"(特此|专此|此复|感谢|衷心感谢|再次感谢|谢谢)")
_COPIES: Final = re.compile(r"抄送[：:]\s*")
_PRINTED: Final = re.compile(r".*\d{4}年\d{1,2}月\d{1,2}日\s*印发$")
_STYLED_HEADING: Final = re.compile(r"(?:hy )?heading ([1-4])$")
_SALUTATION_WIDTH: Final = 60
_SIGNATURE_WIDTH: Final = 30
_TITLE_LINES: Final = 4


@dataclass(frozen=True)
class ReadLetter:
    """What a drafter's file says; number, date, mark and signer are the house's and are not read."""

    title: str
    salutation: str
    body: tuple[Block, ...]
    closing: str = ""
    attachments: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()


def read_letter_text(data: bytes) -> ReadLetter:
    """The letter in a .docx file. Raises CannotRead with what it is and where it stands."""
    items = _without_enclosures(read_lines(open_package(data)))
    at = _salutation_at(items)
    title = _title(_flat(items[:at]))
    salutation = _flat(items[at : at + 1])[0].text
    main, annexes, imprint = _parts(items[at + 1 :])
    body, signatures, after = _ending(main)
    body, attachments = _attachments(body)
    body, closing = _closing(body)
    if not body:
        raise CannotRead("没有读到正文：称谓与署名之间没有文字。请检查文件后重新上传。")
    copies, notes = _copies_and_notes(after + imprint)
    return ReadLetter(
        title, salutation, tuple(map(_block, body)), closing, attachments, signatures, notes, copies, annexes
    )


def _is(item: Line | Grid, style: str) -> bool:
    return isinstance(item, Line) and item.styles[:1] == (style.lower(),)


def _is_ours(line: Line) -> bool:
    return line.styles[:1] != () and line.styles[0].startswith("hy ")


def _matches(item: Line | Grid, pattern: re.Pattern[str]) -> bool:
    return isinstance(item, Line) and pattern.match(item.text) is not None


def _flat(items: Sequence[Line | Grid]) -> list[Line]:
    """The lines, and those in the cells of tables that only lay something out."""
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
        else:
            lines.extend(Line(text) for row in item.rows for text in row if text)
    return lines


def _without_enclosures(items: Iterable[Line | Grid]) -> list[Line | Grid]:
    """All up to the first enclosed form; a paragraph broken by hand becomes several."""
    kept: list[Line | Grid] = []
    for item in items:
        if _is(item, styles.FORM_ORGAN) or _is(item, styles.FORM_TITLE):
            break
        if isinstance(item, Line):
            kept.extend(Line(text.strip(), item.styles) for text in item.text.split("\n") if text.strip())
        else:
            kept.append(item)
    return kept


def _salutation_at(items: Sequence[Line | Grid]) -> int:
    for at, item in enumerate(items):
        if _is(item, styles.SALUTATION):
            return at
    for at, item in enumerate(items):
        if not isinstance(item, Line):
            continue
        is_salutation = item.text.endswith(("：", ":")) and width(item.text) <= _SALUTATION_WIDTH
        if is_salutation and at > 0 and not heading_level(item.text) and not re.search("[。；，,]", item.text):
            return at
    raise CannotRead("没有找到称谓。请在标题之后单独一行写明称谓，并以冒号结尾，然后重新上传。")


def _title(lines: list[Line]) -> str:
    own = [line.text for line in lines if _is(line, styles.TITLE)]
    if not own:
        own = [line.text for line in lines if not _NUMBER.match(line.text) and not _HEAD.match(line.text)]
    if not own:
        raise CannotRead("没有找到标题。请在称谓之前单独一行写明标题，然后重新上传。")
    if len(own) > _TITLE_LINES:
        raise CannotRead(f"称谓“之前”有 {len(own)} 行文字，分不清哪一行是标题。请只保留标题，然后重新上传。")
    return "".join(own)


def _parts(items: list[Line | Grid]) -> tuple[list[Line | Grid], tuple[Annex, ...], list[Line]]:
    """The letter proper, its annexes and its imprint."""
    end = next((at for at, item in enumerate(items) if _is(item, styles.IMPRINT)), len(items))
    items, imprint = items[:end], _flat(items[end:])
    starts = [at for at, item in enumerate(items) if _is(item, styles.ANNEX_MARK) or _matches(item, _ANNEX)]
    annexes = tuple(_annex(items[start + 1 : stop]) for start, stop in pairwise([*starts, len(items)]))
    return items[: starts[0] if starts else len(items)], annexes, imprint


def _annex(items: list[Line | Grid]) -> Annex:
    if not items or not isinstance(items[0], Line):
        raise CannotRead("附件页没有标题。请在“附件”二字的下一行写明附件标题，然后重新上传。")
    return Annex(items[0].text, tuple(map(_block, items[1:])))


def _ending(items: list[Line | Grid]) -> tuple[list[Line | Grid], tuple[str, ...], list[Line]]:
    """Body, signing organs and what follows the date."""
    dates = [at for at, item in enumerate(items) if _is(item, styles.DATE) or _matches(item, _DATE)]
    end = dates[-1] if dates else len(items)
    start = end
    while start > 0 and _is_signature(items[start - 1], is_above_date=bool(dates)):
        start -= 1
    # organs that sign together stand side by side, apart by tabs
    organs = (organ.strip() for line in _flat(items[start:end]) for organ in line.text.split("\t"))
    return items[:start], tuple(filter(None, organs)), _flat(items[end + 1 :])


def _is_signature(item: Line | Grid, *, is_above_date: bool) -> bool:
    if _is(item, styles.SIGNATURE):
        return True
    # A paragraph in another style of ours is what that style says.
    if not is_above_date or not isinstance(item, Line) or _is_ours(item):
        return False
    is_text = item.text.endswith(tuple("。；：！？，.;:!?）)")) or heading_level(item.text)
    return width(item.text) <= _SIGNATURE_WIDTH and not is_text and not _ATTACHMENTS.match(item.text)


def _attachments(items: list[Line | Grid]) -> tuple[list[Line | Grid], tuple[str, ...]]:
    starts = [at for at, item in enumerate(items) if _matches(item, _ATTACHMENTS)]
    if not starts:
        return items, ()
    names = [_ORDER.sub("", _ATTACHMENTS.sub("", line.text), count=1) for line in _flat(items[starts[-1] :])]
    return items[: starts[-1]], tuple(filter(None, names))


def _closing(items: list[Line | Grid]) -> tuple[list[Line | Grid], str]:
    if not items or not isinstance(items[-1], Line):
        return items, ""
    last = items[-1]
    if _is(last, styles.CLOSING) or (not _is_ours(last) and len(items) > 1 and _CLOSING.match(last.text)):
        return items[:-1], last.text
    return items, ""


def _copies_and_notes(lines: list[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    copies: list[str] = []
    notes: list[str] = []
    for line in lines:
        if _COPIES.match(line.text):
            copies += re.split("[，、；,;]", _COPIES.sub("", line.text).rstrip("。."))
        elif not _PRINTED.match(line.text) and not _is(line, styles.IMPRINT):
            has_brackets = line.text[:1] in "（(" and line.text[-1:] in "）)"
            notes.append(line.text[1:-1] if has_brackets else line.text)
    return tuple(filter(None, map(str.strip, copies))), tuple(notes)


def _block(item: Line | Grid) -> Block:
    if isinstance(item, Grid):
        return Table(item.rows, item.widths)
    level = heading_level(item.text)
    if level:
        return Heading(level, item.text)
    styled = next((hit for name in item.styles if (hit := _STYLED_HEADING.match(name))), None)
    return Heading(int(styled[1]), item.text) if styled else Paragraph(item.text)
