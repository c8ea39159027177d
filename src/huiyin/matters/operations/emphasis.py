"""列为重点 and 加急 as acts of their own, each with its reason, and taken back with one (S0-70, S0-75).

A key matter is led by the chief or a deputy chief; whoever led it before is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters import indexing
from huiyin.matters.kinds import publish
from huiyin.matters.models import Emphasis, EmphasisKind, Matter
from huiyin.matters.moves import write
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import department_heads, leaders
from huiyin.matters.rules import UndertakingStatus, Urgency
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.regulations.queries import stack_for


class CannotEmphasise(Refusal):
    """Over already, raised already, without a reason, or without a leader."""

    code = "matters.cannot_emphasise"


@operation
def raise_to_key(
    *,
    matter: Matter,
    criteria: Sequence[str],
    reason: str = "",
    leader: Post,
    actor: PostActor,
    version: int,
    at: datetime,
) -> Matter:
    """Make it a key matter under a leader. criteria: titles of the book's; reason: in words, needed where none applies.

    Raises NotAllowed, CannotEmphasise, MatterMovedOn."""
    require(actor, "matters.raise_to_key", matter)
    _require_open(matter)
    if matter.is_key:
        raise CannotEmphasise(
            f"{matter.known_as}已经列为重点。要改标准或者领衔领导的，请先降为一般件，再重新列为重点。"
        )
    on = at.date()
    known = {each.title for each in stack_for(matter.procuratorate, on=on).key_criteria(on)}
    why = "；".join([*criteria, *([reason.strip()] if reason.strip() else [])])
    if not why or not known.issuperset(criteria):
        raise CannotEmphasise("请至少选择一条制度规定的标准，或者写明理由。")
    if leader.pk not in {post.pk for post in leaders(matter.procuratorate, on=on)}:
        raise CannotEmphasise("重点件由检察长或者副检察长领衔办理，请选择在任的院领导。")
    before = matter.leader
    write(matter, version=version, at=at, is_key=True, key_reason=clip(why, 200), leader=leader)
    made = _keep(matter, EmphasisKind.KEY, True, criteria, reason, leader, actor, at)
    indexing.reindex(matter)
    body = f"{matter.naming}列为重点办理，由{leader.label}领衔：{why}。"
    told = {leader.pk: leader, **({before.pk: before} if before else {}), **_handling(matter, at)}
    _tell(matter, made, f"列为重点：{matter.pressing}", body, list(told.values()), actor, at)
    facts = {"criteria": list(criteria), "reason": reason, "leader": leader.label}
    facts |= {"before": before.label if before else ""}
    record("matters.raised_to_key", actor=actor, target=target(matter), at=at, **facts)
    publish(matter, at=at)
    return matter


@operation
def lower_from_key(*, matter: Matter, reason: str, actor: PostActor, version: int, at: datetime) -> Matter:
    """An ordinary matter again; who leads it stays. Raises NotAllowed, CannotEmphasise, MatterMovedOn."""
    require(actor, "matters.lower_from_key", matter)
    _require_open(matter)
    if not matter.is_key:
        raise CannotEmphasise(f"{matter.known_as}现在不是重点件，请刷新页面查看。")
    if not reason.strip():
        raise CannotEmphasise("请写明不再列为重点的理由。")
    write(matter, version=version, at=at, is_key=False, key_reason="")
    made = _keep(matter, EmphasisKind.KEY, False, (), reason, None, actor, at)
    told = _handling(matter, at) | ({matter.leader.pk: matter.leader} if matter.leader else {})
    body = f"{matter.naming}不再列为重点：{reason.strip()}。"
    _tell(matter, made, f"不再列为重点：{matter.known_as}", body, list(told.values()), actor, at)
    record("matters.lowered_from_key", actor=actor, target=target(matter), at=at, reason=reason)
    return matter


@operation
def set_urgency(
    *, matter: Matter, urgent: bool, reason: str, actor: PostActor, version: int, at: datetime
) -> Matter:  # fmt: skip
    """Press it (应急事急办), or end that; its days stay. Raises NotAllowed, CannotEmphasise, MatterMovedOn."""
    require(actor, "matters.set_urgency", matter)
    _require_open(matter)
    if matter.is_urgent == urgent:
        raise CannotEmphasise(f"{matter.known_as}已经是“{matter.get_urgency_display()}”，请刷新页面查看。")
    if not reason.strip():
        raise CannotEmphasise("请写明加急的理由。" if urgent else "请写明不再加急的理由。")
    write(matter, version=version, at=at, urgency=Urgency.URGENT if urgent else Urgency.NORMAL)
    made = _keep(matter, EmphasisKind.URGENT, urgent, (), reason, None, actor, at)
    said = "请急事急办" if urgent else "不再加急，按原期限办理"
    body = f"{matter.naming}{said}：{reason.strip()}。"
    told = _handling(matter, at) | ({matter.leader.pk: matter.leader} if matter.leader else {})
    title = f"{'加急' if urgent else '不再加急'}：{matter.known_as}"
    _tell(matter, made, title, body, list(told.values()), actor, at)
    record("matters.urgency_set", actor=actor, target=target(matter), at=at, urgent=urgent, reason=reason)
    return matter


def _require_open(matter: Matter) -> None:
    if not matter.is_open:
        raise CannotEmphasise(f"{matter.known_as}已经办结，不再改动重点和紧急程度。")


def _keep(
    matter: Matter, kind: EmphasisKind, raised: bool, criteria: Sequence[str], reason: str, leader: Post | None,
    actor: PostActor, at: datetime,
) -> Emphasis:  # fmt: skip
    return Emphasis.objects.create(
        matter=matter, kind=kind, raised=raised, criteria=list(criteria), reason=clip(reason.strip(), 200),
        leader=leader, decided_by=actor.post, decided_at=at,
    )  # fmt: skip


def _handling(matter: Matter, at: datetime) -> dict[int, Post]:
    """Who handles it, and the heads of their departments."""
    parts = matter.undertakings.exclude(status=UndertakingStatus.MOVED).select_related("department", "handler")
    found: dict[int, Post] = {}
    for part in parts:
        heads = department_heads(part.department, on=at.date()) if part.department else []
        found |= {post.pk: post for post in [*heads, *filter(None, [part.handler])]}
    return found


def _tell(
    matter: Matter, made: Emphasis, title: str, body: str, posts: list[Post], actor: PostActor, at: datetime
) -> None:
    for post in posts:
        if post.pk != actor.post.pk:
            queue(
                event_key=f"emphasis:{made.pk}", title=title, body=body, at=at, post=post, lane=Lane.STATUTORY,
                link=f"/desk/matters/{matter.pk}/", procuratorate=matter.procuratorate,
            )  # fmt: skip
