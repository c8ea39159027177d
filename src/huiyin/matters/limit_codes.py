"""Codes of the limits that matters run on, as rule books name them; the numbers stand in the books alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class LimitCode(StrEnum):
    """A limit a rule book may hold; where the books in force hold none, no deadline is opened."""

    SUG_REPLY = "SUG_REPLY"
    SUG_CAP = "SUG_CAP"
    SUG_ASSIST = "SUG_ASSIST"
    SUG_RETURN = "SUG_RETURN"
    SUG_ADJUST = "SUG_ADJUST"
    SUG_FIRST_CONTACT = "SUG_FIRST_CONTACT"
    SUG_REDO = "SUG_REDO"
    SUG_RATING = "SUG_RATING"
    SUG_REVISIT = "SUG_REVISIT"
    SUG_COMMIT = "SUG_COMMIT"  # a promise's own day, taken from the letter; no book holds a length for it
    PRO_REPLY = "PRO_REPLY"
    PRO_REPLY_BETWEEN = "PRO_REPLY_BETWEEN"
    PRO_ASSIST = "PRO_ASSIST"
    PRO_RETURN = "PRO_RETURN"
    PRO_FIRST_CONTACT = "PRO_FIRST_CONTACT"
    PRO_RATING = "PRO_RATING"
    PRO_REDO = "PRO_REDO"
    REV_REPLY = "REV_REPLY"  # 审议意见书: the report on what was done
    DLG_REPLY = "DLG_REPLY"  # 代表团分组审议意见
    INS_REPLY = "INS_REPLY"  # 视察、调研、执法检查报告的意见
    ASG_REPLY = "ASG_REPLY"  # 交办、批办: a day of its own, named by who assigned it
    OVR_REPLY = "OVR_REPLY"  # 询问、质询、特定问题调查: the day the standing committee names
    DEPT_HANDLE = "DEPT_HANDLE"  # a department's own date, proposed by the book and fixed in the 拟办


LAPSING: Final = frozenset({LimitCode.SUG_RETURN, LimitCode.PRO_RETURN})
"""A right that lapses, not a duty that becomes overdue: after its day nothing is sent and nothing is late."""
