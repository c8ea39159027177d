"""What congress bodies put to the invented office, built through operations: `registered(world, at, kind)`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from huiyin.matters.models import Matter
from huiyin.oversight.facts import OversightFacts
from huiyin.oversight.models import Opinion, Oversight
from huiyin.oversight.operations.opinions import answer_opinion
from huiyin.oversight.operations.register import register_oversight
from huiyin.oversight.rules import Kind
from tests.support.world import World

_USUAL: Final[dict[Kind, dict[str, Any]]] = {
    Kind.REVIEW: {
        "title": "对公益诉讼检察工作情况报告的审议意见", "number": "样常审〔2026〕3号", "occasion": "第十二次会议",
        "held_on": date(2026, 2, 26), "opinions": ("加强对检察建议落实的跟踪。", "公开检察建议的回复率。"),
    },
    Kind.DELEGATION: {
        "title": "第三代表团审议检察院工作报告的意见", "number": "第三代表团-04", "session": 2,
        "delegation": "第三代表团", "occasion": "十六届人大二次会议", "held_on": date(2026, 2, 27),
        "opinions": ("检察建议的回复率应当公开。", "乡镇联络点周末能否开放？"),
    },
    Kind.INSPECTION: {
        "title": "未成年人保护法实施情况执法检查报告", "number": "样常办〔2026〕9号", "form": "enforcement",
        "occasion": "未成年人保护法执法检查", "held_on": date(2026, 2, 20), "opinions": ("督促落实入职查询。",),
    },
    Kind.ASSIGNED: {
        "title": "关于核查古渡口石刻保护情况的事项", "number": "样常交〔2026〕2号", "form": "assigned",
        "answer_by_on": date(2026, 4, 10), "told": ("钱练习代表",),
    },
    Kind.ACT: {
        "title": "对检察建议落实情况的质询案", "number": "质询案第1号", "form": "interpellation", "scope": "law",
        "occasion": "第十三次会议", "asked_by": "赵占位等5人", "signed_by": "member",
        "signed_count": 5, "answer_mode": "written",
        "answer_by_on": date(2026, 3, 27),
    },
}  # fmt: skip
_POSTS: Final = {
    Kind.DELEGATION: {"listener": "head_second"}, Kind.ASSIGNED: {"owner": "head_second"},
    Kind.ACT: {"answerer": "deputy_chief"},
}  # fmt: skip


def facts(world: World, kind: Kind, **changes: Any) -> OversightFacts:
    """Facts of one of a kind; name what differs."""
    posts = {name: world.posts[key] for name, key in _POSTS.get(kind, {}).items()}
    usual: dict[str, Any] = {
        "kind": kind, "asker": world.bodies["congress"], "term": 16, "assigned_on": date(2026, 3, 2),
        "received_on": date(2026, 3, 3),
    }  # fmt: skip
    return OversightFacts(**usual | _USUAL[kind] | posts | changes)


def registered(world: World, at: datetime, kind: Kind, *, key: UUID | None = None, **changes: Any) -> Matter:
    """One on the register."""
    given = facts(world, kind, **changes)
    return register_oversight(facts=given, request_key=key or uuid4(), actor=world.act("officer_wang"), at=at)


def oversight_of(matter: Matter) -> Oversight:
    """Its own facts as they stand now."""
    return Oversight.objects.select_related("matter__procuratorate").get(pk=matter.pk)


def answered_on_the_spot(world: World, at: datetime, opinion: Opinion, **changes: Any) -> Opinion:
    """An opinion that the listener answered at the meeting."""
    usual: dict[str, Any] = {
        "answer": "正在研究，本月公布。", "answered_on": at.date(), "answered_by": world.posts["head_second"],
        "on_the_spot": True, "actor": world.act("officer_wang"), "version": opinion.version,
    }  # fmt: skip
    return answer_opinion(opinion=opinion, at=at, **usual | changes)
