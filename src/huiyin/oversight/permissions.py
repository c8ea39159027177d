"""Who registers, answers opinions, takes them up and records what came of an act of oversight."""

from __future__ import annotations

from typing import Final

from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE, may_open
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

READERS: Final = OFFICE | LEADERS | DEPARTMENT


def declare_verbs() -> None:
    """Called once, from OversightConfig.ready()."""
    declare("oversight.list", "查看审议意见和监督事项", roles=READERS)
    declare("oversight.register", "登记审议意见和监督事项", roles=OFFICE)
    declare("oversight.correct", "更正审议意见和监督事项", roles=OFFICE, check=may_open)
    declare("oversight.note_opinion", "补记意见", roles=OFFICE, check=may_open)
    declare("oversight.answer_opinion", "登记对意见的答复", roles=OFFICE | DEPARTMENT, check=may_open)
    declare("oversight.take_up", "承办一条意见", roles=OFFICE | {Role.DEPARTMENT_HEAD}, check=may_open)
    declare("oversight.settle", "当场答复办结", roles=OFFICE, check=may_open)
    declare("oversight.record_result", "记录监督结果", roles=OFFICE, check=may_open)
