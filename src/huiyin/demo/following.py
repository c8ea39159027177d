"""What follows an assignment or an answer in the demonstration: 督办 at every step, dated to the day of loading."""

from __future__ import annotations

from datetime import date

from huiyin.demo.letters import drafter_of
from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, at_ten, key_for
from huiyin.matters.models import Supervision
from huiyin.matters.operations.measures import MeasureFacts, note_measure, open_measure
from huiyin.matters.operations.superior import OrderFacts, give_superior
from huiyin.matters.operations.supervision_reports import acknowledge_supervision, report_supervision
from huiyin.matters.operations.supervisions import SupervisionFacts, order_supervision, propose_supervision
from huiyin.matters.rules.superior import OrderKind
from huiyin.organisations.actors import acting
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role


def load_following(offices: Offices, roads: list[Road], today: date) -> None:
    """One order to sign for, one reported on, one that a leader must sign, one of the office above.

    roads: today's, in their order."""
    _ordered(offices, roads[0], "general", "office_head", today)
    reported = _ordered(offices, roads[1], "key", "deputy_chief", today)
    _reported(reported, roads[1], today)
    _proposed(offices, roads[5], "key", "deputy_chief", today)
    _measure(offices, today)
    _from_above(offices, roads[2], today)


def _proposed(offices: Offices, road: Road, level: str, orderer: str, today: date) -> Supervision:
    part = road.matter.undertakings.exclude(status="moved").exclude(department=None).order_by("id")[0]
    assert part.department is not None
    facts = SupervisionFacts(
        matters=[road.fresh()], department=part.department, level=level, orderer=offices.posts[orderer],
        reason="部门办理期限已过，答复期限临近，还没有办出答复稿。",
        demand="三日内办出答复稿送审；办不出的，说明原因和补救措施。",
    )  # fmt: skip
    return propose_supervision(
        facts=facts, request_key=key_for("supervision", road.matter.number), actor=offices.act("officer_wang"),
        at=at_ten(today, 1),
    )  # fmt: skip


def _ordered(offices: Offices, road: Road, level: str, orderer: str, today: date) -> Supervision:
    order = _proposed(offices, road, level, orderer, today)
    return order_supervision(
        supervision=order, agrees=True, remark="请抓紧办理。", actor=offices.act(orderer), version=order.version,
        at=at_ten(today, 2),
    )  # fmt: skip


def _from_above(offices: Offices, road: Road, today: date) -> None:
    facts = OrderFacts(
        kind=OrderKind.PRESSED, number=f"示检督函〔{today.year}〕2号", ground="",
        reason="代表在省里会议上问起办理进展，请抓紧办理，并报告办到哪一步。", given_on=today,
    )  # fmt: skip
    give_superior(
        matter=road.fresh(), facts=facts, request_key=key_for("superior", road.matter.number),
        actor=offices.act("officer_province"), at=at_ten(today, 7),
    )  # fmt: skip


def _measure(offices: Offices, today: date) -> None:
    facts = MeasureFacts(
        text="每季度到一个乡镇联络点听取意见，年底汇总通报", department=offices.departments["first"],
        owner=offices.posts["head_first"], source="市人大常委会会议审议意见",
    )  # fmt: skip
    measure = open_measure(
        facts=facts, request_key=key_for("measure", "demo"), actor=offices.act("officer_wang"), at=at_ten(today, 5)
    )
    note_measure(
        measure=measure, text="第一季度已到示例镇，收集意见4条。", request_key=key_for("note", "demo"),
        actor=offices.act("head_first"), at=at_ten(today, 6),
    )  # fmt: skip


def _reported(order: Supervision, road: Road, today: date) -> None:
    head = Post.objects.filter(department=order.department, role=Role.DEPARTMENT_HEAD).order_by("id")[0]
    order = acknowledge_supervision(supervision=order, actor=acting(head), version=order.version, at=at_ten(today, 3))
    report_supervision(
        supervision=order, text="已与代表再次沟通，答复稿写成，今天送审。延误的原因是等候相关单位的数据。", file=None,
        actor=drafter_of(road), version=order.version, at=at_ten(today, 4),
    )  # fmt: skip
