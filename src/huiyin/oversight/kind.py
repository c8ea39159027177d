"""How the engine sees the five kinds: register, limits, chain, wording, what keeps an answer from going up."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from django.db.models import QuerySet

from huiyin.matters.kinds import KindLimits, MatterKind, Wording, register_kind
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Matter
from huiyin.organisations.models import Procuratorate
from huiyin.oversight.models import Oversight
from huiyin.oversight.rules import FORM_LABELS, KIND_LABELS, LISTED, Form, Kind, OpinionState
from huiyin.oversight.wording import what_came, words_of
from huiyin.regulations.books import EntersOutside
from huiyin.regulations.queries import stack_for
from huiyin.suggestions.kind import came_with

LIMITS: Final = {
    Kind.REVIEW: LimitCode.REV_REPLY,
    Kind.DELEGATION: LimitCode.DLG_REPLY,
    Kind.INSPECTION: LimitCode.INS_REPLY,
    Kind.ASSIGNED: LimitCode.ASG_REPLY,
    Kind.ACT: LimitCode.OVR_REPLY,
}
_MARKS: Final = {Kind.REVIEW: "审", Kind.DELEGATION: "团", Kind.INSPECTION: "察", Kind.ASSIGNED: "交", Kind.ACT: "监"}
_PAPERS: Final = {"letter": "报告或者答复正本", "original": "来文原件"}


def register_kinds() -> None:
    """Called once, from OversightConfig.ready()."""
    for kind, label in KIND_LABELS.items():
        register_kind(
            MatterKind(
                code=kind.value,
                label=label,
                register_series=f"register:{kind.value}",
                register_pattern="{prefix}" + _MARKS[kind] + "〔{year}〕{value}号",
                limits=KindLimits(reply=LIMITS[kind]),
                letter_chain="letter",
                opinion_chain="",
                wording=wording_of,
                on_register=True,
                is_rated=False,
                variety=lambda matter: Oversight.objects.values_list("form", flat=True).get(pk=matter.pk),
                lacking=lacking,
                paper_titles=_PAPERS,
                assigner=lambda matter: matter.suggestion.body,
                assigned_by=partial(assigned_by, kind.value),
                came_with=came_with,
            )
        )


def entered_outside(office: Procuratorate, on: date) -> tuple[str, ...]:
    """Kinds the book of that day has entered in the system of whoever assigned them."""
    return tuple(kind for rule in stack_for(office, on=on).all(EntersOutside, on) for kind in rule.matters)


def assigned_by(kind: str, office: Procuratorate, body: str, on: date) -> QuerySet[Matter]:
    """Matters of a kind that bodies of this kind assigned, where the book of the day has them entered outside."""
    if kind not in entered_outside(office, on):
        return Matter.objects.none()
    return Matter.objects.filter(procuratorate=office, kind=kind, suggestion__body__kind=body)


def lacking(matter: Matter) -> list[str]:
    """An answer goes up once every opinion was answered or a department has taken it up."""
    if Kind(matter.kind) not in LISTED:
        return []
    waiting = [
        each.position
        for each in Oversight.objects.get(pk=matter.pk).opinions.all()
        if each.state is OpinionState.WAITING
    ]
    if not waiting:
        return []
    numbers = "、".join(map(str, waiting))
    return [f"第{numbers}条意见既没有答复，也没有部门承办。请在事项页的“意见清单”里逐条登记后再送审。"]


def wording_of(matter: Matter) -> Wording:
    """How papers about this matter speak."""
    facts = Oversight.objects.select_related("committee").get(pk=matter.pk)
    body, kind = matter.suggestion.body, Kind(matter.kind)
    words = words_of(kind, facts.form)
    what = what_came(matter.title, delegation=facts.delegation if kind is Kind.DELEGATION else "")
    whole = FORM_LABELS[Form(facts.form)] + what if kind is Kind.ACT else what
    names = [each.name for each in matter.participants.all() if each.role != "committee"]
    copies = [body.name] if body and kind is Kind.DELEGATION else []
    title = words.title.format(what=whole)
    return Wording(
        noun=words.noun,
        proposer="来文机关",
        salutation=f"{'、'.join(names)}：",
        title=title,
        subject=matter.known_as,
        copies=tuple(copies),
        assigner=body.name if body else "",
        opening=words.opening.format(what=whole),
        second_title=f"关于{whole}后续办理情况的报告",
        headings=tuple(each.text.rstrip("。；;") for each in facts.opinions.all()) if kind in LISTED else (),
    )
