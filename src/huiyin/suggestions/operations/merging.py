"""并案办理: matters of the same content handled together under one that leads, and separated again.

Each keeps its number, people, days, letter, delivery, rating and file; what was recorded for all while they were
together stays with each of them afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.db.transaction import atomic

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.linkage import RelationKind
from huiyin.matters.models import Matter, Relation
from huiyin.matters.moves import write
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import department_heads
from huiyin.matters.rules import STATUS_LABELS, Status, UndertakingStatus, Visibility
from huiyin.matters.together import answering, joins
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Department, Post
from huiyin.organisations.permissions import require
from huiyin.regulations.books import MergingRule, RuleNotFound
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import RUNNING
from huiyin.suggestions.queries import withdrawal_under_way

TOGETHER = frozenset({Status.REGISTERED, Status.PROPOSING, Status.ASSIGNED, Status.IN_HAND})
"""How far a matter may be to be handled together with another: its letter is not on its way yet."""


class CannotMerge(Refusal):
    """Not two open matters of this office of the same side, or handled together already."""

    code = "suggestions.cannot_merge"


class CannotUnmerge(Refusal):
    """Not handled together, over already, or separated by a colleague just now."""

    code = "suggestions.cannot_unmerge"


@operation
def merge(*, matter: Matter, lead: Matter, reason: str, actor: PostActor, version: int, at: datetime) -> Relation:
    """Handle a matter together with another, which leads. version: the joining matter's.

    Raises NotAllowed, CannotMerge, MatterMovedOn."""
    require(actor, "suggestions.merge", matter)
    require(actor, "suggestions.merge", lead)
    matter, lead = _held(matter, lead)
    if not reason.strip():
        raise CannotMerge("请写明并案的理由，例如两件反映同一问题。")
    for each in (matter, lead):
        _check_one(each)
    _check_pair(matter, lead, at)
    _check_free(matter, lead)
    _check_departments(matter, lead)
    write(matter, version=version, at=at)
    write(lead, version=lead.version, at=at)
    try:
        with atomic():
            link = Relation.objects.create(
                matter=matter, other=lead, kind=RelationKind.MERGED, note=clip(reason.strip(), 200),
                linked_by=actor.post, linked_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise CannotMerge(f"{matter.known_as}刚刚由同事并案，请刷新页面查看。") from None
    words = f"{matter.naming}并入{lead.naming}办理：{reason.strip()}。沟通和协办意见共用，各件分别答复、分别评价。"
    _tell(matter, lead, f"merge:{link.pk}", f"并案办理：{matter.known_as}、{lead.known_as}", words, actor, at)
    facts = {"lead": lead.number, "joined": matter.number, "reason": reason}
    record("suggestions.merged", actor=actor, target=target(matter), at=at, **facts)
    return link


@operation
def unmerge(*, matter: Matter, reason: str, actor: PostActor, version: int, at: datetime) -> None:
    """Take a joined matter out again; talks and opinions recorded for it stay on it.

    Raises NotAllowed, CannotUnmerge, MatterMovedOn."""
    require(actor, "suggestions.unmerge", matter)
    if not reason.strip():
        raise CannotUnmerge("请写明分开办理的理由。")
    if not matter.is_open:
        raise CannotUnmerge(f"{matter.known_as}已经办结，并案的记载随案卷保留，不再分开。")
    link = Relation.objects.filter(matter=matter, kind=RelationKind.MERGED).select_related("other").first()
    if link is None:
        raise CannotUnmerge(f"{matter.known_as}现在没有并入别的件办理，请刷新页面查看。")
    lead = Matter.objects.select_related("procuratorate").get(pk=link.other_id)
    write(matter, version=version, at=at)
    taken, _ = Relation.objects.filter(pk=link.pk).delete()
    if not taken:
        raise CannotUnmerge(f"{matter.known_as}刚刚由同事分开办理，请刷新页面查看。")
    words = f"{matter.naming}不再并入{lead.naming}办理：{reason.strip()}。已记录的沟通和意见各件都保留。"
    _tell(matter, lead, f"unmerge:{link.pk}", f"分开办理：{matter.known_as}", words, actor, at)
    facts = {"lead": lead.number, "joined": matter.number, "reason": reason, "since": link.linked_at}
    record("suggestions.unmerged", actor=actor, target=target(matter), at=at, **facts)


def _held(matter: Matter, lead: Matter) -> tuple[Matter, Matter]:
    """Both rows, held in the order of their keys so that two who merge crosswise stand in line."""
    rows = Matter.objects.select_for_update(no_key=True, of=("self",)).select_related("procuratorate", "suggestion")
    held = {each.pk: each for each in rows.filter(pk__in=[matter.pk, lead.pk]).order_by("pk")}
    return held[matter.pk], held[lead.pk]


def _check_pair(matter: Matter, lead: Matter, at: datetime) -> None:
    if matter.pk == lead.pk:
        raise CannotMerge("不能与本件自己并案，请输入另一件的编号。")
    if matter.procuratorate_id != lead.procuratorate_id:
        raise CannotMerge(f"{lead.known_as}由{lead.procuratorate}办理，不能与本院的事项并案。")
    if matter.kind != lead.kind and not _across_sides(matter, at):
        raise CannotMerge("建议与提案答复的对象和渠道不同，施行的制度没有规定可以并案。可以登记前后衔接，分别办理。")


def _across_sides(matter: Matter, at: datetime) -> bool:
    on = at.date()
    try:
        return stack_for(matter.procuratorate, on=on).merging(on).proposals_with_suggestions
    except RuleNotFound:
        return MergingRule.proposals_with_suggestions


def _check_one(matter: Matter) -> None:
    if matter.kind not in ACCOUNTED:
        raise CannotMerge(f"{matter.known_as}不是建议、提案，不能并案。可以登记前后衔接。")
    if matter.visibility == Visibility.SEALED:
        raise CannotMerge("密封的事项不与别的件并案。")
    if matter.status not in TOGETHER:
        label = STATUS_LABELS[Status(matter.status)]
        raise CannotMerge(f"{matter.known_as}现在是“{label}”，不能并案。只有还没有送审答复的可以并案。")
    if matter.returns.filter(state__in=RUNNING).exists():
        raise CannotMerge(f"{matter.known_as}正在退回交办机关，有了结果以后再并案。")
    if withdrawal_under_way(matter) is not None:
        raise CannotMerge(f"{matter.known_as}正在撤回，有了结果以后再并案。")
    if matter.conversions.filter(verdict="").exists():
        raise CannotMerge(f"{matter.known_as}已经提出转案件咨询，请等办公室负责人决定。")


def _check_free(matter: Matter, lead: Matter) -> None:
    """Joining is flat: a lead joins nobody, and who has joined leads nobody."""
    if joins(matter).exists():
        raise CannotMerge(f"{matter.known_as}已经与别的件并案。要改并的，请先分开办理。")
    above = Relation.objects.filter(matter=lead, kind=RelationKind.MERGED).select_related("other").first()
    if above is not None:
        raise CannotMerge(f"{lead.known_as}已经并入{above.other.known_as}办理，请选择并入{above.other.known_as}。")


def _check_departments(matter: Matter, lead: Matter) -> None:
    own, theirs = answering(matter), answering(lead)
    if own and theirs and own != theirs:
        names = dict(Department.objects.filter(pk__in=own | theirs).values_list("pk", "name"))
        raise CannotMerge(
            f"{matter.known_as}由{_named(own, names)}办理，{lead.known_as}由{_named(theirs, names)}办理。"
            "并案办理要由同一部门负责，请先改派。"
        )


def _named(keys: set[int], names: dict[int, str]) -> str:
    return "、".join(names[key] for key in sorted(keys))


def _tell(matter: Matter, lead: Matter, event: str, title: str, body: str, actor: PostActor, at: datetime) -> None:
    """Word to those who handle either, and to their heads."""
    told: dict[int, tuple[Post, Matter]] = {}
    for each in (lead, matter):
        for part in each.undertakings.exclude(status=UndertakingStatus.MOVED).select_related("department", "handler"):
            heads = department_heads(part.department, on=at.date()) if part.department else []
            told |= {post.pk: (post, each) for post in [*heads, *filter(None, [part.handler])]}
    for post, seen in told.values():
        if post.pk != actor.post.pk:
            queue(
                event_key=event, title=title, body=body, at=at, post=post, lane=Lane.STATUTORY,
                link=f"/desk/matters/{seen.pk}/", procuratorate=seen.procuratorate,
            )  # fmt: skip
