"""How the numbers are built that a congress office gives to suggestions."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.regulations.books.entry import Entry, number


@dataclass(frozen=True, kw_only=True)
class ExternalNumber(Entry):
    """How many digits stand for the term, the session and the running number, in this order: 151060 is 15, 1, 060."""

    section = "external_number"
    label = "来文编号"
    single = True

    term: int = number(1, 3)
    session: int = number(1, 2)
    serial: int = number(1, 6)

    def read(self, text: str) -> tuple[int, int, int] | None:
        """Term, session and running number; None for what is not built so, as 闭160002."""
        if not (text.isascii() and text.isdigit() and len(text) == self.term + self.session + self.serial):
            return None
        after = self.term + self.session
        return int(text[: self.term]), int(text[self.term : after]), int(text[after:])
