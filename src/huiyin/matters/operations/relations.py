"""前后衔接: one matter linked to another, and the link taken away again; both sides show it (S3-14)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q
from django.db.transaction import atomic

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.linkage import BY_HAND, RELATION_LABELS, RelationKind
from huiyin.matters.models import Matter, Relation
from huiyin.matters.operations.undertakings import target
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require


class CannotRelate(Refusal):
    """Not two matters, not a link that is made by hand, or linked before."""

    code = "matters.cannot_relate"


@operation
def relate(
    *, matter: Matter, other: Matter, kind: RelationKind, note: str = "", actor: PostActor, at: datetime
) -> Relation:
    """Link a matter to another that the actor may open too: the later one repeats, continues or is about the same.

    Raises NotAllowed, CannotRelate."""
    require(actor, "matters.relate", matter)
    require(actor, "matters.relate", other)
    if kind not in BY_HAND:
        raise CannotRelate("并案和转办由专门的办理产生，不能在这里登记。")
    if matter.pk == other.pk:
        raise CannotRelate("不能与本件自己衔接，请输入另一件的编号。")
    noted = Relation.objects.filter(Q(matter=matter, other=other) | Q(matter=other, other=matter))
    if noted.filter(kind__in=BY_HAND).exists():
        raise CannotRelate(f"与{other.external_number or other.number}的衔接已经登记。要改的，请先取消再登记。")
    try:
        with atomic():
            made = Relation.objects.create(
                matter=matter, other=other, kind=kind, note=clip(note.strip(), 200), linked_by=actor.post, linked_at=at
            )
    except IntegrityError:
        raise CannotRelate("这条衔接刚刚由同事登记过，请刷新页面查看。") from None
    facts = {"relation": made.pk, "kind": kind.value, "words": RELATION_LABELS[kind][0], "other": other.number}
    record("matters.related", actor=actor, target=target(matter), at=at, **facts)
    return made


@operation
def unrelate(*, relation: Relation, actor: PostActor, at: datetime) -> None:
    """Take a link made by hand away; the audit keeps what it was. Raises NotAllowed, CannotRelate."""
    require(actor, "matters.relate", relation.matter)
    kind = RelationKind(relation.kind)
    if kind not in BY_HAND:
        raise CannotRelate("并案和转办产生的衔接不能单独取消。")
    facts = {"relation": relation.pk, "kind": kind.value, "words": RELATION_LABELS[kind][0]}
    taken, _ = Relation.objects.filter(pk=relation.pk).delete()
    if not taken:
        raise CannotRelate("这条衔接刚刚由同事取消。")
    facts |= {"other": relation.other.number, "note": relation.note}
    record("matters.unrelated", actor=actor, target=target(relation.matter), at=at, **facts)
