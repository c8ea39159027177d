"""How a suggestion stands, in one sentence a deputy takes in at a glance."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.exchange.shapes import Progress

ANEW: Final = "重新办理中"


def stands(progress: Progress, on: date) -> str:
    """What is happening, who does it, until when; what the deputy is asked to do, where something is asked.

    on: the reader's day; a day that passed is owned up to, never promised again."""
    if progress.rating:
        return "答复函已经送达，请您评价。"
    if progress.led_by:
        return f"由{progress.led_by}主办并答复您，我院协助办理。"
    if progress.letters and progress.status != ANEW:
        return f"{progress.status}，答复函在下面。"
    who = f"，由{progress.department}承办" if progress.department else ""
    due = progress.due_on
    if due is None:
        return f"{progress.status}{who}。"
    day = f"{due.year}年{due.month}月{due.day}日"
    doubt = "（暂定）" if progress.due_is_provisional else ""
    late = f"应于{day}前{doubt}答复您，现已逾期，我院正在抓紧办理。"
    return f"{progress.status}{who}，" + (late if on > due else f"{day}前{doubt}答复您。")
