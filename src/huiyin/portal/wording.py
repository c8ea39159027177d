"""How a suggestion stands, in one sentence a deputy takes in at a glance."""

from __future__ import annotations

from typing import Final

from huiyin.exchange.shapes import Progress

ANEW: Final = "重新办理中"


def stands(progress: Progress) -> str:
    """What is happening, who does it, until when; what the deputy is asked to do, where something is asked."""
    if progress.rating:
        return "答复函已经送达，请您评价。"
    if progress.led_by:
        return f"由{progress.led_by}主办并答复您，我院协助办理。"
    if progress.letters and progress.status != ANEW:
        return f"{progress.status}，答复函在下面。"
    who = f"，由{progress.department}承办" if progress.department else ""
    due = progress.due_on
    return f"{progress.status}{who}" + (f"，{due.year}年{due.month}月{due.day}日前答复您。" if due else "。")
