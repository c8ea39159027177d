"""What every table of a rule book has in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeVar

from huiyin.regulations.rules import Basis


def number(low: int, high: int, **more: Any) -> Any:
    return field(metadata={"low": low, "high": high}, **more)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One table of a book. `whole`: a more specific book replaces the section; otherwise it replaces equal codes.

    `single`: the table stands once, as [name]. `from_on`/`until_on` None: as long as the book.
    """

    section: ClassVar[str]
    label: ClassVar[str]
    whole: ClassVar[bool] = False
    single: ClassVar[bool] = False

    code: str
    basis: Basis
    from_on: date | None = field(default=None, metadata={"key": "from"})
    until_on: date | None = field(default=None, metadata={"key": "until"})

    def in_force(self, on: date) -> bool:
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on < self.until_on)


E = TypeVar("E", bound=Entry)
