"""One line of a register of deputies on its way to values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from django.conf import settings

from huiyin.imports.registry import Problem, Values
from huiyin.kernel.identity import normalise_mobile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import normalise
from huiyin.people.deputies_register import Known, Register
from huiyin.people.deputy_cells import read_birth_year, read_ethnicity, read_sex, read_term
from huiyin.people.rules import clean_name

LENGTHS: Final = {"name": 100, "unit_post": 120, "delegation": 60, "number": 40, "profession": 60, "officer": 60}
OF_PERSON: Final = ("sex", "ethnicity", "birth_year", "unit_post", "profession", "phone", "officer")
OF_MANDATE: Final = ("delegation", "number")
R = TypeVar("R")


class Reading:
    """Reads the cells of one line and collects what is wrong with them."""

    def __init__(self, cells: Mapping[str, str], register: Register) -> None:
        self.cells, self.register = cells, register
        self.problems: list[Problem] = []

    def values(self) -> Values:
        """What the cells say; "" or None where they say nothing."""
        return {
            "name": clean_name(self._text("name")),
            "term": self._cell("term", read_term) or 0,
            "sex": self._cell("sex", read_sex) or "",
            "ethnicity": self._cell("ethnicity", read_ethnicity) or "",
            "birth_year": self._cell("birth_year", read_birth_year),
            "unit_post": self._text("unit_post"),
            "delegation": self._text("delegation"),
            "number": self._text("number"),
            "profession": self._text("profession"),
            "phone": self._cell("phone", _mobile) or "",
            "officer": self._officer(),
        }

    def fill(self, values: Values, known: Known) -> None:
        """Take what the house knows where the line says nothing; a new mandate inherits neither 代表团 nor 证号."""
        stands = known.values()
        for name in OF_PERSON if known.is_new_term else (*OF_PERSON, *OF_MANDATE):
            values[name] = values[name] or stands[name]

    def check_phone(self, values: Values, known: Known | None) -> None:
        """A mobile is one person's: neither another's on the register nor that of a line above."""
        phone, name = values["phone"], values["name"]
        if not phone:
            return
        owner = self.register.owner_of.get(phone)
        if owner is not None and (known is None or owner != known.person.pk):
            self._wrong("phone", "这个手机号码已经登记在名册上另一位代表委员名下，请核对。")
        above = self.register.phones_read.setdefault(phone, name)
        if above != name:
            self._wrong("phone", f"与上面{above}的手机号码相同，请核对。")

    def _officer(self) -> str:
        name = clean_name(self._text("officer"))
        named = self.register.officers.get(name, [])
        if name and not named:
            self._wrong("officer", f"本院没有叫“{name}”的在任联络员，请核对姓名，或者先不填。")
        if len(named) > 1:
            self._wrong("officer", f"本院有{len(named)}位叫“{name}”的联络员，请先不填，导入后在页面上指定。")
        return name if len(named) == 1 else ""

    def _cell(self, name: str, how: Callable[[str], R]) -> R | None:
        text = normalise(self.cells.get(name, ""), half_width=True)
        if not text:
            return None
        try:
            return how(text)
        except Refusal as refusal:
            self._wrong(name, str(refusal))
            return None

    def _text(self, name: str) -> str:
        text = normalise(self.cells.get(name, ""))
        if len(text) > LENGTHS[name]:
            self._wrong(name, f"最多{LENGTHS[name]}个字，这里有{len(text)}个字。")
        return text[: LENGTHS[name]]

    def _wrong(self, name: str, sentence: str) -> None:
        self.problems.append(Problem(field=name, sentence=sentence))


def _mobile(text: str) -> str:
    return normalise_mobile(text, allow_demo=settings.HUIYIN_NUMBERS_CAN_BE_DEMO)
