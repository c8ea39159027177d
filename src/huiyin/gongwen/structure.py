"""What an official paper consists of, before anyone asks how it looks: letters, forms and registers.

Texts are plain: no line breaks inside a paragraph, no markup. Construction errors (rows that do not fill their grid)
are bugs of the caller and raise ValueError."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from huiyin.gongwen.headings import heading_level, split_heading


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Heading:
    """One numbered heading with its number: level 1 一、 2 （一） 3 1. 4 （1）; text may run on after the heading."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"headings have levels 1 to 4, not {self.level}")

    @property
    def lead(self) -> str:
        """The part set in the heading's own face: of levels 1 and 2 up to the first full stop."""
        return split_heading(self.level, self.text)[0]

    @property
    def tail(self) -> str:
        """The running text that follows the heading in the same paragraph."""
        return split_heading(self.level, self.text)[1]


@dataclass(frozen=True)
class Table:
    """A plain grid; the first row is its head. widths: relative, one a column, equal when empty."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.rows or not self.rows[0]:
            raise ValueError("a table has at least one cell")
        if any(len(row) != len(self.rows[0]) for row in self.rows):
            raise ValueError("all rows of a table have the same number of cells")
        if self.widths and len(self.widths) != len(self.rows[0]):
            raise ValueError("a table has as many widths as columns")


Block = Paragraph | Heading | Table


def block_of(line: str) -> Paragraph | Heading:
    """The block that a line typed by a person stands for; its numbering decides."""
    level = heading_level(line)
    return Heading(level, line) if level else Paragraph(line)


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text typed in a browser: one a line, blank lines and indents dropped."""
    return tuple(block_of(line.strip()) for line in text.splitlines() if line.strip())


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """The blocks as lines for hashing, comparing and checking; a table row is one line, cells parted by a bar."""
    lines: list[str] = []
    for block in blocks:
        lines.extend(" | ".join(row) for row in block.rows) if isinstance(block, Table) else lines.append(block.text)
    return lines


@dataclass(frozen=True)
class Annex:
    """A part of the letter that begins a new page after the signature."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of a form; span: how many columns of the form's grid it covers."""

    text: str = ""
    span: int = 1
    is_label: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a form. height: at least so many millimetres, room for handwriting."""

    cells: tuple[Cell, ...]
    height: float = 0


def label(text: str, span: int = 1) -> Cell:
    """A cell that names what its neighbour holds."""
    return Cell(text, span, is_label=True)


def value(text: str = "", span: int = 1) -> Cell:
    """A cell that holds something, or room to write it by hand; \\n begins a new paragraph."""
    return Cell(text, span)


@dataclass(frozen=True)
class Form:
    """A printable office paper: a title over a ruled grid.

    widths: relative, one a column of the grid. meta: short facts in one line between title and grid, spread over
    its width. signatures: what is signed under the grid. repeated: how many first rows stand again on every page."""

    title: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    organ: str = ""
    meta: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    repeated: int = 0
    landscape: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if sum(cell.span for cell in row.cells) != len(self.widths):
                raise ValueError(f"a row of {self.title} does not fill its {len(self.widths)} columns")


@dataclass(frozen=True)
class Column:
    """A column of a register. width: relative."""

    title: str
    width: float = 1
    is_centred: bool = False


@dataclass(frozen=True)
class ListPaper:
    """A register or ledger: many rows under a head that is repeated on every page, pages numbered."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    organ: str = ""
    meta: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = True

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.title} does not have its {len(self.columns)} cells")


@dataclass(frozen=True)
class Letter:
    """An official letter in the letter format (信函格式) of GB/T 9704-2012.

    organ: full name in the red head. number: empty until one is allotted. mark: the local result letter, top right.
    attachments: names for 附件说明, without numbers. signatures: the organs that sign, host first. signed_on: None in
    a draft. notes: contact, publicity (附注), without brackets. copies: 抄送. printed_by, printed_on: the standard
    leaves both out of a letter; a site that prints them all the same gets its ruled imprint. annexes belong to the
    letter and stand before the imprint; enclosures are papers of their own sent with it, after everything else."""

    organ: str
    title: str
    salutation: str
    body: tuple[Block, ...]
    number: str = ""
    mark: str = ""
    signer: str = ""
    closing: str = ""
    attachments: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    signed_on: date | None = None
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    annexes: tuple[Annex, ...] = ()
    enclosures: tuple[Form, ...] = field(default=())

    @property
    def head(self) -> str:
        """What the red head says."""
        return self.organ


@dataclass(frozen=True)
class Report(Letter):
    """An official report in the general format of GB/T 9704-2012 (7), sent to whoever stands above the organ.

    Number left and signer right over one red rule; pages are numbered from the first on. No result mark.
    is_headed: a paper for the own leadership begins with its title."""

    is_headed: bool = True

    @property
    def head(self) -> str:
        return f"{self.organ}文件"


@dataclass(frozen=True)
class FormSet:
    """The same form for several people, each on a page of its own."""

    forms: tuple[Form, ...]

    def __post_init__(self) -> None:
        if not self.forms:
            raise ValueError("a set of forms has at least one form")

    @property
    def title(self) -> str:
        return self.forms[0].title

    @property
    def organ(self) -> str:
        return self.forms[0].organ


Paper = Letter | Form | FormSet | ListPaper

BLANK_DATE: Final = "　　年　月　日"
