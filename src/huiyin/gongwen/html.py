"""The same papers as self-contained HTML: for printing from a browser, and what pdf.py turns into PDF.

All text is escaped; there is no script, no inline style and nothing to fetch."""

from collections.abc import Iterable, Sequence
from html import escape

from huiyin.gongwen import html_css, layout
from huiyin.gongwen.structure import (
    BLANK_DATE,
    Annex,
    Block,
    Cell,
    Form,
    FormSet,
    Heading,
    Letter,
    ListPaper,
    Paper,
    Report,
    Row,
    Table,
)
from huiyin.kernel.numerals import document_date


class Html(str):
    """Text that is already HTML; template engines that ask __html__ do not escape it again."""

    __slots__ = ()

    def __html__(self) -> "Html":
        return self


def write_html(paper: Paper, *, nonce: str = "", extra_css: str = "") -> Html:
    """The paper as one HTML page. nonce: of the content security policy; extra_css: trusted rules put first."""
    match paper:
        case Letter():
            body, css = _letter(paper)
        case Form():
            body, css = _form(paper, "f", "h1"), html_css.form_css(paper.landscape) + _form_rules(paper, "f")
        case FormSet():
            body, css = _form_set(paper)
        case ListPaper():
            body, css = _list(paper), html_css.list_css(paper.landscape) + _list_rules(paper)
    guard = f' nonce="{escape(nonce)}"' if nonce else ""
    return Html(
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{_text(paper.title)}</title>\n'
        f"<style{guard}>\n{extra_css}{html_css.COMMON}{css}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(text)


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_text(text)}</p>' if kind else f"<p>{_text(text)}</p>"


def _letter(letter: Letter) -> tuple[str, str]:
    is_report = isinstance(letter, Report)
    css = [
        html_css.REPORT if is_report else html_css.LETTER,
        f".letter .head .organ {{ font-size: {layout.head_size(letter.head)}pt }}\n",
    ]
    parts = [
        f'<article class="letter{" report" if is_report else ""}">',
        _head(letter),
        f"<h1>{'<br>'.join(map(_text, layout.title_lines(letter.title)))}</h1>",
        _p(letter.salutation, "salutation"),
        _blocks(letter.body, "t", css),
        _p(letter.closing, "closing") if letter.closing else "",
        _attachments(letter.attachments),
        _signature(letter, css),
        *(_p(f"（{note}）", "note") for note in letter.notes),
        *(_annex(annex, order, letter, css) for order, annex in enumerate(letter.annexes, start=1)),
        _imprint(letter),
        "</article>",
    ]
    for order, form in enumerate(letter.enclosures):
        parts.append(_own_page(form, f"enclosure{order}", css))
    return "\n".join(filter(None, parts)), "".join(css)


def _head(letter: Letter) -> str:
    """The red head and the line of number and signer."""
    mark = _p(letter.mark, "mark") if letter.mark else ""
    line = [f"<span>{_signer(letter.signer)}</span>", f"<span>{_text(letter.number)}</span>"]
    if isinstance(letter, Report):
        if not letter.is_headed:
            return ""
        line.reverse()
    return (
        f'<header>\n<div class="head">{mark}{_p(letter.head, "organ")}</div>'
        f'<div class="number">{"".join(line)}</div>\n</header>'
    )


def _own_page(form: Form, name: str, css: list[str], *, tag: str = "h2") -> str:
    css += [html_css.form_css(form.landscape, page=name), _form_rules(form, name)]
    return _form(form, name, tag)


def _form_set(paper: FormSet) -> tuple[str, str]:
    css: list[str] = []
    tags = ("h1" if order == 0 else "h2" for order in range(len(paper.forms)))
    parts = [
        _own_page(form, f"form{order}", css, tag=tag)
        for order, (form, tag) in enumerate(zip(paper.forms, tags, strict=True))
    ]
    return "\n".join(parts), "".join(css)


def _signer(signer: str) -> str:
    return f'签发人：<span class="signer">{_text(signer)}</span>' if signer else ""


def _blocks(blocks: Iterable[Block], name: str, css: list[str]) -> str:
    """The blocks as HTML; widths of their tables are added to css under names that begin with `name`."""
    parts = []
    for order, block in enumerate(blocks):
        match block:
            case Table():
                css.append(_widths(f"{name}{order}", block.widths or (1.0,) * len(block.rows[0])))
                parts.append(_table(block, f"{name}{order}"))
            case Heading(tail=tail) if tail:
                parts.append(f'<p><b class="lead-{block.level}">{_text(block.lead)}</b>{_text(tail)}</p>')
            case Heading():
                parts.append(f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>")
            case _:
                parts.append(_p(block.text))
    return "\n".join(parts)


def _table(block: Table, name: str) -> str:
    head, *rows = block.rows
    return (
        f'<table class="{name}">{_columns(len(head))}<thead>{_cells(head, "th")}</thead>'
        f"<tbody>{''.join(_cells(row, 'td') for row in rows)}</tbody></table>"
    )


def _cells(texts: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{_text(text)}</{tag}>' for text in texts)}</tr>"


def _columns(count: int) -> str:
    columns = "".join(f'<col class="c{order}">' for order in range(count))
    return f"<colgroup>{columns}</colgroup>"


def _widths(name: str, widths: Sequence[float]) -> str:
    total = sum(widths)
    return "".join(f".{name} .c{order} {{ width: {width / total * 100:.3f}% }}\n" for order, width in enumerate(widths))


def _attachments(names: tuple[str, ...]) -> str:
    lines = "".join(_p(line) for line in layout.attachment_lines(names))
    return f'<div class="attachments">{lines}</div>' if names else ""


def _signature(letter: Letter, css: list[str]) -> str:
    if not letter.signatures:
        return ""
    day = document_date(letter.signed_on) if letter.signed_on else BLANK_DATE
    if len(letter.signatures) > 1:
        return _joint_signature(letter, day)
    moment = _moment(letter, day)
    lines = []
    for order, organ in enumerate(letter.signatures):
        css.append(f".organ{order} {{ padding-right: {layout.signature_indents(organ, day).organ}em }}\n")
        lines.append(_p(organ, f"organ{order}"))
    widest = max(letter.signatures, key=layout.width)
    css.append(f".signature .date {{ padding-right: {layout.signature_indents(widest, day).date}em }}\n")
    return f'<div class="signature">{"".join(lines)}<p class="date">{moment}</p></div>'


def _moment(letter: Letter, day: str) -> str:
    return f'<time datetime="{letter.signed_on}">{day}</time>' if letter.signed_on else day


def _joint_signature(letter: Letter, day: str) -> str:
    """Organs side by side, each with room for its seal; the date stands under the last (7.3.5.1)."""
    rows = layout.signature_rows(letter.signatures)
    cells = max(len(row) for row in rows)
    lines = []
    for row in rows:
        names = "".join(f"<td>{_text(organ)}</td>" for organ in row)
        lines.append(f"<tr>{'<td></td>' * (cells - len(row))}{names}</tr>")
    date = f'<tr class="date">{"<td></td>" * (cells - 1)}<td>{_moment(letter, day)}</td></tr>'
    return f'<table class="joint n{cells}"><tbody>{"".join(lines)}{date}</tbody></table>'


def _annex(annex: Annex, order: int, letter: Letter, css: list[str]) -> str:
    number = str(order) if len(letter.annexes) > 1 else ""
    title = f'<h2 class="annex-title">{_text(annex.title)}</h2>'
    blocks = _blocks(annex.blocks, f"a{order}t", css)
    return f'<section class="annex">{_p(f"附件{number}", "annex-mark")}{title}\n{blocks}</section>'


def _imprint(letter: Letter) -> str:
    lines = _p(f"抄送：{'，'.join(letter.copies)}。") if letter.copies else ""
    if letter.printed_by:
        printed = f"{document_date(letter.printed_on)}印发" if letter.printed_on else ""
        lines += f'<p class="printed"><span>{_text(letter.printed_by)}</span><span>{printed}</span></p>'
    ruled = " ruled" if letter.printed_by and letter.copies else ""
    return f'<footer class="imprint{ruled}">{lines}</footer>' if lines else ""


def _form(form: Form, name: str, tag: str) -> str:
    head = "".join(_row(row) for row in form.rows[: form.repeated])
    rows = "".join(_row(row) for row in form.rows[form.repeated :])
    return (
        f'<article class="sheet form {name}">{_sheet_head(form, tag)}<table>{_columns(len(form.widths))}'
        f"{f'<thead>{head}</thead>' if head else ''}<tbody>{rows}</tbody></table>{_sheet_foot(form)}</article>"
    )


def _row(row: Row) -> str:
    kind = f' class="tall h{round(row.height)}"' if row.height else ""
    return f"<tr{kind}>{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.is_label else "td"
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    return f"<{tag}{span}>{_text(cell.text)}</{tag}>"


def _form_rules(form: Form, name: str) -> str:
    heights = sorted({round(row.height) for row in form.rows if row.height})
    return _widths(name, form.widths) + "".join(
        f".{name} .h{height} td, .{name} .h{height} th {{ height: {height}mm }}\n" for height in heights
    )


def _list(paper: ListPaper) -> str:
    starts = ['<td class="centred">' if column.is_centred else "<td>" for column in paper.columns]
    rows = "".join(
        f"<tr>{''.join(f'{start}{_text(text)}</td>' for start, text in zip(starts, row, strict=True))}</tr>\n"
        for row in paper.rows
    )
    head = _cells([column.title for column in paper.columns], "th")
    return (
        f'<article class="sheet list">{_sheet_head(paper, "h1")}<table>{_columns(len(paper.columns))}'
        f"<thead>{head}</thead><tbody>\n{rows}</tbody></table>{_sheet_foot(paper)}</article>"
    )


def _list_rules(paper: ListPaper) -> str:
    return _widths("list", [column.width for column in paper.columns])


def _sheet_head(paper: Form | ListPaper, tag: str) -> str:
    organ = _p(paper.organ, "organ") if paper.organ else ""
    return f"<header>{organ}<{tag}>{_text(paper.title)}</{tag}>{_spread(paper.meta, paper)}</header>"


def _sheet_foot(paper: Form | ListPaper) -> str:
    signatures = _spread(paper.signatures, paper) if isinstance(paper, Form) else ""
    notes = "".join(_p(note, "notes") for note in paper.notes)
    return (f'<div class="signatures">{signatures}</div>' if signatures else "") + notes


def _spread(texts: tuple[str, ...], paper: Form | ListPaper) -> str:
    margins = layout.FORM_MARGINS if isinstance(paper, Form) else layout.LIST_MARGINS
    room = layout.points(layout.PAGE[1 if paper.landscape else 0] - margins["left"] - margins["right"]) / 12
    return "".join(
        f'<div class="spread">{"".join(f"<span>{_text(fact)}</span>" for fact in facts)}</div>'
        for facts in layout.packed(texts, room)
    )
