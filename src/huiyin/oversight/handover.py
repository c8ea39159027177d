"""What a closed post leaves: what it answers for, meetings it is to answer at (practice 8)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from huiyin.audit.actors import Actor
from huiyin.kernel.refusals import Refusal
from huiyin.matters import indexing
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.models import Post
from huiyin.organisations.registry import OpenWork, register_open_work
from huiyin.oversight.models import Oversight
from huiyin.oversight.rules import MIDDLE_AND_ABOVE


class SuccessorTooJunior(Refusal):
    """Who answers for such a matter is of middle rank or above."""

    code = "oversight.successor_too_junior"


def register_handover() -> None:
    """Called once, from OversightConfig.ready()."""
    for name, label in (("owner", "负责的交办、批办事项"), ("answerer", "要答复的询问、质询、调查")):
        register_open_work(
            OpenWork(
                code=f"oversight.{name}", label=label, count=partial(_count, name), hand_over=partial(_hand_over, name)
            )
        )


def _open(name: str, post: Post) -> QuerySet[Oversight]:
    return Oversight.objects.filter(**{name: post, "matter__is_open": True})


def _count(name: str, post: Post) -> int:
    return _open(name, post).count()


def _hand_over(name: str, post: Post, successor: Post, actor: Actor, at: datetime) -> int:
    """The successor stands in its place and is told."""
    rows = list(_open(name, post).select_related("matter__procuratorate"))
    if rows and successor.role_enum not in MIDDLE_AND_ABOVE:
        raise SuccessorTooJunior(f"{post.label}负责的交办、监督事项要由中层以上人员接手，{successor.label}不是。")
    Oversight.objects.filter(pk__in=[each.pk for each in rows]).update(**{name: successor})
    for each in rows:
        indexing.reindex(each.matter)
        queue(
            event_key=f"oversight:{each.pk}:{name}:{at:%Y%m%d%H%M%S}", title=f"由您接手：{each.matter.known_as}",
            body=f"{post.label}的岗位结束，{each.matter.naming}由您接手负责。", at=at, post=successor,
            lane=Lane.STATUTORY, link=f"/desk/matters/{each.pk}/", procuratorate=each.matter.procuratorate,
        )  # fmt: skip
    return len(rows)
