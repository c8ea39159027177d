"""AB角: who stands in for a post, for a time (practice 8)."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.actors import Actor
from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Post, Substitution
from huiyin.organisations.operations.targets import target_of
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import overlap


class SubstitutionUnfit(Refusal):
    """The substitute cannot stand in for this post in this time."""

    code = "organisations.substitution_unfit"


@operation
def add_substitution(
    *, post: Post, substitute: Post, from_on: date, until_on: date, reason: str, actor: Actor, at: datetime
) -> Substitution:
    """Name a substitute for a dated period (until exclusive); he signs as himself, 代. Raises SubstitutionUnfit."""
    require(actor, "organisations.add_substitution", post)
    Post.objects.select_for_update().get(pk=post.pk)  # two clicks name one substitute
    if until_on <= from_on:
        raise SubstitutionUnfit("代理的结束日期要晚于开始日期。")
    if substitute.staff_id == post.staff_id:
        raise SubstitutionUnfit("请选择另一位同事代理。")
    if substitute.procuratorate_id != post.procuratorate_id:
        raise SubstitutionUnfit("代理人要是本院的岗位。")
    for held in (post, substitute):
        if held.from_on > from_on or (held.until_on is not None and held.until_on < until_on):
            raise SubstitutionUnfit(f"{held.label}在这段时间并不一直在任。")
    for other in Substitution.objects.filter(post=post).select_related("substitute__staff"):
        if overlap(from_on, until_on, other.from_on, other.until_on):
            raise SubstitutionUnfit(f"这段时间已经由{other.substitute.label}代理，请先结束那一次。")
    made = Substitution.objects.create(
        post=post, substitute=substitute, from_on=from_on, until_on=until_on, reason=reason
    )
    record(
        "organisations.substitution_added", actor=actor, target=target_of(post), at=at,
        substitute=substitute.label, from_on=str(from_on), until_on=str(until_on),
    )  # fmt: skip
    return made


@operation
def end_substitution(*, substitution: Substitution, on: date, actor: Actor, at: datetime) -> None:
    """End a substitution with a day (exclusive); one that has not begun never takes place. Raises SubstitutionUnfit."""
    require(actor, "organisations.end_substitution", substitution.post)
    until_on = max(on, substitution.from_on)
    if not Substitution.objects.filter(pk=substitution.pk, until_on__gt=until_on).update(until_on=until_on):
        raise SubstitutionUnfit("这次代理已经结束。")
    record(
        "organisations.substitution_ended", actor=actor, target=target_of(substitution.post), at=at,
        substitute=substitution.substitute.label, until_on=str(until_on),
    )  # fmt: skip
