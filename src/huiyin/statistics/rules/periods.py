"""Of which time a figure speaks: a year by the day assigned or received, a session, a whole term. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from huiyin.kernel.numerals import chinese_ordinal


class Basis(StrEnum):
    ASSIGNED = "assigned"
    RECEIVED = "received"


BASIS_LABELS: Final = {Basis.ASSIGNED: "交办日", Basis.RECEIVED: "收到日"}
_YEAR: Final = re.compile(r"y([0-9]{4})(a|r)")
_TERM: Final = re.compile(r"t([0-9]{1,3})(?:-([0-9]{1,2}|x))?")
_FIRST_YEAR: Final = 1954


@dataclass(frozen=True, kw_only=True)
class Period:
    """A year, or a term of the congress. session None within a term: the whole term; 0: between its sessions."""

    year: int | None = None
    basis: Basis = Basis.ASSIGNED
    term: int | None = None
    session: int | None = None

    @property
    def code(self) -> str:
        """As addresses and reports name it: y2026a, t16, t16-2, t16-x."""
        if self.year is not None:
            return f"y{self.year}{self.basis.value[0]}"
        return f"t{self.term}" + ("" if self.session is None else f"-{self.session or 'x'}")

    @property
    def label(self) -> str:
        """2026年, 十六届二次会议, 十六届闭会期间, 十六届."""
        if self.year is not None:
            return f"{self.year}年"
        term = f"{chinese_ordinal(self.term or 1)}届"
        if self.session is None:
            return term
        return f"{term}{chinese_ordinal(self.session)}次会议" if self.session else f"{term}闭会期间"

    @property
    def basis_text(self) -> str:
        """What makes a matter belong to it."""
        return f"按{BASIS_LABELS[self.basis]}计" if self.year is not None else "按届次计"


def period_of(code: str) -> Period | None:
    """The period that a code names; None for anything else."""
    if hit := _YEAR.fullmatch(code):
        basis = Basis.ASSIGNED if hit[2] == "a" else Basis.RECEIVED
        return Period(year=int(hit[1]), basis=basis) if int(hit[1]) >= _FIRST_YEAR else None
    if hit := _TERM.fullmatch(code):
        session = None if hit[2] is None else 0 if hit[2] == "x" else int(hit[2])
        return Period(term=int(hit[1]), session=session) if int(hit[1]) and hit[2] not in {"0", "00"} else None
    return None
