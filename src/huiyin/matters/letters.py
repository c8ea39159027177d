"""The text of a letter: what a version holds as JSON, what a signature covers, and the letter as printed.

`LetterText` is everything the drafter and the signers decide; number, date, seal and signer come from `Reply` later
(practice 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from huiyin.gongwen.reader import ReadLetter
from huiyin.gongwen.structure import (
    Annex,
    Block,
    Form,
    Heading,
    Letter,
    Paragraph,
    Table,
    block_of,
    lines_of,
)
from huiyin.kernel.ids import payload_digest
from huiyin.kernel.numerals import document_date
from huiyin.kernel.text import normalise

BAR: Final = "|"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Something the letter promises, by when; item: the request it answers, where the matter has items."""

    text: str
    due_on: date
    item: int | None = None

    @property
    def sentence(self) -> str:
        """As the letter prints it."""
        words = " ".join(self.text.split()).rstrip("。；;")
        return f"我院承诺：{document_date(self.due_on)}前，{words}。"

    def stands_in(self, stated: Sequence[str]) -> bool:
        """Whether one of the paragraphs, without their spaces, states words and day together."""
        days, words = (document_date(self.due_on), self.due_on.isoformat()), _bare(self.text)
        return any(words in line and any(day in line for day in days) for line in stated)


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """What a letter says before it has a number."""

    title: str
    salutation: str
    body: tuple[Block, ...] = ()
    closing: str = ""
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    contact_name: str = ""
    contact_phone: str = ""
    publish: bool | None = None  # 是否公开: None = not decided yet
    copies: tuple[str, ...] = ()
    outcome: str = ""
    mark: str = ""  # follows from the outcome and the book; not signed for itself
    reason: str = ""
    reason_code: str = ""  # of the book: why it is not, or not yet, settled
    promises: tuple[Promise, ...] = ()
    says_promises: bool = True  # False: written before promises were printed, and printed as it was signed

    @property
    def digest(self) -> str:
        """What a signature covers: title, body, outcome, commitments, list of enclosures."""
        sorted_as = {"reason_code": self.reason_code} if self.reason_code else {}  # older letters have none
        if self.says_promises and self.promises:
            sorted_as["says_promises"] = "yes"
        return payload_digest(sorted_as | {
            "title": self.title,
            "salutation": self.salutation,
            "body": [_block_json(block) for block in self.body],
            "closing": self.closing,
            "outcome": self.outcome,
            "reason": self.reason,
            "commitments": [[each.text, each.due_on] for each in self.promises],
            "enclosures": list(self.attachments),
            "annexes": [_annex_json(annex) for annex in self.annexes],
            "publish": self.publish,
        })  # fmt: skip

    def reads_like(self, other: LetterText) -> bool:
        """Whether neither what is signed nor the contact and the copies beside it differ."""
        beside = (self.contact_name, self.contact_phone, self.copies)
        return self.digest == other.digest and beside == (other.contact_name, other.contact_phone, other.copies)

    @property
    def typed_body(self) -> str:
        """The body as the browser edits it: one paragraph a line, a table row with bars."""
        return "\n".join(lines_of(self.body))

    @property
    def lines(self) -> list[str]:
        """Everything printed or promised, paragraph by paragraph, for comparing and checking."""
        annexes = [line for annex in self.annexes for line in (annex.title, *lines_of(annex.blocks))]
        ending = [self.closing, *self.attachments, *annexes, self.contact_name, self.contact_phone]
        said = self._added
        others = [each for each in self.promises if each not in said]
        promises = [f"承诺：{each.text}（{each.due_on.isoformat()}前）" for each in others]
        body = lines_of(self.printed_body)
        return [line for line in (self.title, self.salutation, *body, *ending, *promises) if line]

    @property
    def _added(self) -> list[Promise]:
        """The promises that the letter does not state in its own words."""
        if not self.says_promises:
            return []
        blocks = [*self.body, *(block for annex in self.annexes for block in annex.blocks)]
        stated = [_bare(line) for line in lines_of(blocks)]
        return [each for each in self.promises if not each.stands_in(stated)]

    @property
    def promise_sentences(self) -> list[str]:
        """What is printed before the closing: every promise with its day that does not stand in the letter already."""
        return [each.sentence for each in self._added]

    @property
    def printed_body(self) -> tuple[Block, ...]:
        """The body with its promises, as it leaves."""
        return (*self.body, *map(Paragraph, self.promise_sentences))

    def to_json(self) -> dict[str, Any]:
        """As ReplyVersion.content holds it."""
        return {
            "title": self.title,
            "salutation": self.salutation,
            "body": [_block_json(block) for block in self.body],
            "closing": self.closing,
            "attachments": list(self.attachments),
            "annexes": [_annex_json(annex) for annex in self.annexes],
            "contact_name": self.contact_name,
            "contact_phone": self.contact_phone,
            "publish": self.publish,
            "copies": list(self.copies),
            "outcome": self.outcome,
            "mark": self.mark,
            "reason": self.reason,
            "reason_code": self.reason_code,
            "promises": [
                {"text": each.text, "due_on": each.due_on.isoformat(), "item": each.item} for each in self.promises
            ],
            "says_promises": self.says_promises,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> LetterText:
        """Read a version's content back."""
        return cls(
            title=content["title"],
            salutation=content["salutation"],
            body=tuple(map(_block_from, content["body"])),
            closing=content["closing"],
            attachments=tuple(content["attachments"]),
            annexes=tuple(Annex(title, tuple(map(_block_from, blocks))) for title, blocks in content["annexes"]),
            contact_name=content["contact_name"],
            contact_phone=content["contact_phone"],
            publish=content["publish"],
            copies=tuple(content["copies"]),
            outcome=content["outcome"],
            mark=content["mark"],
            reason=content["reason"],
            reason_code=content.get("reason_code", ""),  # older versions have none
            promises=tuple(
                Promise(text=each["text"], due_on=date.fromisoformat(each["due_on"]), item=each["item"])
                for each in content["promises"]
            ),
            says_promises=content.get("says_promises", False),
        )

    def with_file(self, read: ReadLetter) -> LetterText:
        """This text with the words of an uploaded file; what a file doesn't hold stays as it was."""
        own = {_bare(sentence) for sentence in self.promise_sentences}  # printed by the house, typed by nobody
        return replace(
            self,
            title=normalise(read.title) or self.title,
            salutation=normalise(read.salutation) or self.salutation,
            body=tuple(each for each in read.body if not (isinstance(each, Paragraph) and _bare(each.text) in own)),
            closing=read.closing,
            attachments=read.attachments or self.attachments,
            annexes=read.annexes,
        )


def body_of(typed: str) -> tuple[Block, ...]:
    """The blocks of a body typed in the browser; lines of equally many cells parted by bars are a table."""
    lines = [line.strip() for line in normalise(typed).splitlines() if line.strip()]
    return tuple(block for count, group in groupby(lines, key=_cell_count) for block in _grouped(count, list(group)))


def _grouped(cells: int, lines: Sequence[str]) -> Iterator[Block]:
    if cells > 1 and len(lines) > 1:
        yield Table(tuple(tuple(cell.strip() for cell in line.strip(BAR).split(BAR)) for line in lines))
    else:
        yield from map(block_of, lines)


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip("。；;")


def _cell_count(line: str) -> int:
    return line.strip(BAR).count(BAR) + 1


def _block_json(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"p": block.text}
        case Heading():
            return {"h": block.text, "level": block.level}
        case Table():
            return {"table": [list(row) for row in block.rows], "widths": list(block.widths)}


def _block_from(given: Mapping[str, Any]) -> Block:
    if "p" in given:
        return Paragraph(given["p"])
    if "h" in given:
        return Heading(given["level"], given["h"])
    return Table(tuple(tuple(row) for row in given["table"]), tuple(given["widths"]))


def _annex_json(annex: Annex) -> list[Any]:
    return [annex.title, [_block_json(block) for block in annex.blocks]]


def notes_of(text: LetterText) -> tuple[str, ...]:
    """附注: contact, and whether the answer may be published."""
    contact = "，".join(
        part
        for part in (
            f"联系人：{text.contact_name}" if text.contact_name else "",
            f"联系电话：{text.contact_phone}" if text.contact_phone else "",
        )
        if part
    )
    publish = {True: "本答复可以公开", False: "本答复不予公开", None: ""}[text.publish]
    return tuple(filter(None, ["；".join(filter(None, (contact, publish)))]))


def printed(
    text: LetterText,
    *,
    organ: str,
    cosigning: Sequence[str] = (),
    number: str = "",
    signer: str = "",
    signed_on: date | None = None,
    enclosures: Sequence[Form] = (),
) -> Letter:
    """The letter as the house prints it; a draft has no number, signer or day. cosigning: organs that sign with us."""
    return Letter(
        organ=organ,
        title=text.title,
        salutation=text.salutation,
        body=text.printed_body,
        number=number,
        mark=text.mark,
        signer=signer,
        closing=text.closing,
        attachments=text.attachments,
        signatures=(organ, *cosigning),
        signed_on=signed_on,
        notes=notes_of(text),
        copies=text.copies,
        annexes=text.annexes,
        enclosures=tuple(enclosures),
    )
