"""What congress bodies put to the demonstration's office beside suggestions: one of each kind, dated to the day of
loading."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, Routing, agreed_sheet, at_ten, key_for
from huiyin.matters.operations.measures import MeasureFacts
from huiyin.oversight.facts import OversightFacts
from huiyin.oversight.models import Opinion
from huiyin.oversight.operations.opinions import answer_opinion, take_up_opinion
from huiyin.oversight.operations.register import register_oversight
from huiyin.oversight.rules import Kind


def load_oversight(offices: Offices, today: date) -> None:
    """A 审议意见书 in hand, a delegation's opinions, an inspection's, a matter assigned, a 质询 to answer."""
    begun = today - timedelta(days=20)
    review = _registered(
        offices, begun, kind=Kind.REVIEW, title="对公益诉讼检察工作情况报告的审议意见", number="样常审〔2026〕3号",
        occasion="常委会第十二次会议", held_on=begun - timedelta(days=7), committee=offices.bodies["congress"],
        opinions=(
            "加强对检察建议落实情况的跟踪，防止一发了之。",
            "进一步公开公益诉讼案件办理结果，接受社会监督。",
            "充实基层公益诉讼办案力量。",
        ),
    )  # fmt: skip
    _routed(offices, review, "third", begun + timedelta(days=2))
    _taken_up(offices, _opinion(review, 1), "third", "建立检察建议落实台账，逐件回访", begun + timedelta(days=4))
    delegation = _registered(
        offices, begun, kind=Kind.DELEGATION, title="第三代表团审议检察院工作报告的意见", number="第三代表团-04",
        session=2, occasion="十六届人大二次会议", held_on=begun - timedelta(days=3), delegation="第三代表团",
        listener=offices.posts["head_second"],
        opinions=("检察建议的回复率应当向社会公开。", "乡镇检察联络点周末能否开放？"),
    )  # fmt: skip
    answer_opinion(
        opinion=_opinion(delegation, 2), answer="两个镇已经试行周末开放，年内视情况推开。", answered_on=begun,
        answered_by=offices.posts["head_second"], on_the_spot=True, actor=offices.act("officer_wang"), version=1,
        at=at_ten(begun, 10),
    )  # fmt: skip
    _registered(
        offices, today - timedelta(days=4), kind=Kind.INSPECTION, form="visit", title="代表视察检察听证工作的报告",
        number="样常办〔2026〕9号", occasion="检察听证工作视察", held_on=today - timedelta(days=12),
        opinions=("扩大听证员来源，多请行业代表。", "听证结果及时反馈当事人。"),
    )  # fmt: skip
    assigned = _registered(
        offices, today - timedelta(days=6), kind=Kind.ASSIGNED, form="assigned", title="核查古渡口石刻保护情况",
        number="样常交〔2026〕2号", owner=offices.posts["head_third"], answer_by_on=today + timedelta(days=24),
        told=("钱练习代表",),
    )  # fmt: skip
    _routed(offices, assigned, "third", today - timedelta(days=5))
    _registered(
        offices, today - timedelta(days=2), kind=Kind.ACT, form="interpellation", scope="law",
        title="对检察建议落实情况的质询案", number="质询案第1号", occasion="常委会第十三次会议", asked_by="赵占位等5人",
        signed_by="member", signed_count=5,
        answer_mode="oral", answerer=offices.posts["deputy_chief"], answer_by_on=today + timedelta(days=10),
    )  # fmt: skip


def _registered(offices: Offices, on: date, **given: Any) -> Road:
    facts = OversightFacts(asker=offices.bodies["congress"], term=16, assigned_on=on, received_on=on, **given)
    officer, key = offices.act("officer_wang"), key_for("oversight", facts.row_key)
    return Road(offices, register_oversight(facts=facts, request_key=key, actor=officer, at=at_ten(on)))


def _routed(offices: Offices, road: Road, department: str, on: date) -> None:
    agreed_sheet(offices, [Routing(road, department, opinion="建议由公益诉讼部办理。")], on)
    road.signed_for(on)


def _opinion(road: Road, position: int) -> Opinion:
    return Opinion.objects.get(oversight=road.matter.pk, position=position)


def _taken_up(offices: Offices, opinion: Opinion, department: str, text: str, on: date) -> None:
    owner = offices.posts[f"head_{department}"]
    facts = MeasureFacts(text=text, department=offices.departments[department], owner=owner)
    take_up_opinion(
        opinion=opinion, facts=facts, request_key=key_for("measure", opinion.pk), actor=offices.act("officer_wang"),
        version=opinion.version, at=at_ten(on),
    )  # fmt: skip
