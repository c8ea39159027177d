"""Whom such a matter falls to is told so: when it is registered, and when a correction gives it to somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from huiyin.matters.models import Matter
from huiyin.matters.queries import department_heads, running_parts
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.oversight.facts import OversightFacts
from huiyin.regulations.rules.wording import day_text

DUTIES: Final = {"owner": "负责", "answerer": "答复"}
LABELS: Final = {
    "title": "标题", "body": "内容", "external_number": "来文号", "received_on": "收到日", "assigned_on": "来文日",
    "form": "形式", "occasion": "会议活动", "held_on": "会议或者活动日期", "asked_by": "提出人",
    "delegation": "代表团", "committee": "征求意见的委员会", "listener": "听取意见的人", "owner": "责任人",
    "answerer": "答复人", "answer_mode": "答复方式", "answer_by_on": "来文定的期限", "materials": "要求提供的材料",
    "names": "收件单位和反馈对象",
}  # fmt: skip
"""What of a correction is told, as messages name it."""


def tell_registered(matter: Matter, facts: OversightFacts, at: datetime) -> None:
    """Word to whoever answers for a new matter."""
    for name, does in DUTIES.items():
        post = getattr(facts, name)
        if post is not None:
            words = f"{matter.naming}已经登记，由您{does}{_until(facts)}。"
            _tell(matter, post, f"{post.pk}:由您{does}", f"由您{does}", words, at)


def tell_corrected(
    matter: Matter, former: dict[str, Post | None], facts: OversightFacts, changed: Collection[str], at: datetime
) -> None:
    """Word to whoever comes in, whoever goes out, and everybody else who has it in hand."""
    turn, told = matter.version, set()
    for name, does in DUTIES.items():
        before, now = former[name], getattr(facts, name)
        if before == now:
            continue
        if now is not None:
            words = f"{matter.naming}的登记更正后由您{does}{_until(facts)}。"
            _tell(matter, now, f"corrected:{turn}:{name}", f"由您{does}", words, at)
        if before is not None:
            after = f"改由{now.label}{does}" if now is not None else f"不再由您{does}"
            words = f"{matter.known_as}的登记更正后{after}。"
            _tell(matter, before, f"corrected:{turn}:{name}", f"不再由您{does}", words, at, link="")
        told |= {post.pk for post in (before, now) if post is not None}
    words = "、".join(label for name, label in LABELS.items() if name in changed)
    for post in _in_hand(matter, facts, at):
        if post.pk not in told and words:
            told.add(post.pk)
            body = f"{matter.naming}的{words}已更正{_until(facts)}。"
            _tell(matter, post, f"corrected:{turn}", "登记内容更正", body, at)


def _in_hand(matter: Matter, facts: OversightFacts, at: datetime) -> Iterator[Post]:
    parts = list(running_parts(matter).select_related("department", "handler"))
    found = [facts.owner, facts.answerer, matter.leader, *(part.handler for part in parts)]
    for part in parts:
        if part.department is not None:
            found += department_heads(part.department, on=at.date())
    yield from (post for post in found if post is not None)


def _until(facts: OversightFacts) -> str:
    return f"，{day_text(facts.answer_by_on)}前办结" if facts.answer_by_on is not None else ""


def _tell(matter: Matter, post: Post, about: str, title: str, body: str, at: datetime, link: str | None = None) -> None:
    queue(
        event_key=f"oversight:{matter.pk}:{about}", title=f"{title}：{matter.known_as}", body=body, at=at, post=post,
        lane=Lane.STATUTORY, link=f"/desk/matters/{matter.pk}/" if link is None else link,
        procuratorate=matter.procuratorate,
    )  # fmt: skip
