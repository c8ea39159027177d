"""A rule book of one limit, in words a test can change."""

from __future__ import annotations


def book_text(
    *, code="own_rules", level="local", version="1", start="2026-01-01", until="", limit="SUG_TELL", count=5, more=""
) -> str:
    """TOML of an invented book with one limit of working days from the day of receipt."""
    end = f"until = {until}\n" if until else ""
    return f"""[book]
code = "{code}"
title = "沙盒办理规定"
issuer = "样本市人民检察院"
level = "{level}"
version = "{version}"
from = {start}
{end}
[[limit]]
code = "{limit}"
title = "告知代表"
count = {count}
unit = "working_day"
roll = "none"
starts_from = "received_on"
article = "第一条"
summary = "收到后按工作日告知代表"
{more}"""
