"""Some forty matters dated relative to today, so that the desk shows every rung and every step of the road."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.matters import facts
from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, Routing, agreed_sheet, drafted_sheet, sent_sheet, sheet_with_leader
from huiyin.kernel.months import add_months
from huiyin.matters.letters import Promise
from huiyin.matters.rules import HandlerRole, Mode, Outcome, ProblemClass, Stage
from huiyin.regulations.queries import calendar

DEPARTMENT_MARGIN: Final = 5  # days the office keeps for signing, in the demonstration
NAMES: Final = [
    ("张示例", "第三代表团"), ("李样本", "第一代表团"), ("王虚构", "第二代表团"), ("赵占位", "第二代表团"),
    ("钱练习", "第四代表团"), ("阿依·示例", "第三代表团"), ("䶮演示", "第一代表团"),
]  # fmt: skip

# (title, lead department, days from today to the reply's due day, how far it has come)
PLAN: Final = [
    ("关于规范小区电动自行车充电收费的建议", "third", -6, "in_hand"),
    ("关于推进听证会走进社区的建议", "first", -1, "in_hand"),
    ("关于完善未成年被害人一站式取证的建议", "second", 0, "signing"),
    ("关于加强农村饮用水水源地保护的建议", "third", 1, "with_deputy"),
    ("关于公开司法救助申请指南的建议", "first", 2, "signed"),
    ("关于整治预付式消费侵害老年人权益的建议", "third", 3, "in_hand"),
    ("关于优化律师互联网阅卷的建议", "first", 4, "drafted"),
    ("关于家庭教育指导令衔接的建议", "second", 5, "in_hand"),
    ("关于河道非法采砂联合执法的建议", "third", 7, "in_hand"),
    ("关于轻微刑事案件快速办理的建议", "first", 9, "drafted"),
    ("关于校园欺凌早期干预的建议", "second", 10, "talked"),
    ("关于文物周边环境整治的建议", "third", 12, "in_hand"),
    ("关于涉企案件办理进度告知的建议", "first", 15, "talked"),
    ("关于网络直播打赏未成年人退款的建议", "second", 20, "in_hand"),
    ("关于公共停车场无障碍车位监管的建议", "third", 25, "in_hand"),
    ("关于刑满释放人员帮扶衔接的建议", "first", 30, "in_hand"),
    ("关于中小学食堂食品安全监督的建议", "second", 33, "in_hand"),
    ("关于古树名木保护的建议", "third", 36, "in_hand"),
    ("关于电信网络诈骗涉案资金返还的建议", "first", 40, "in_hand"),
    ("关于困境儿童监护监督的建议", "second", 45, "in_hand"),
    ("关于窨井盖安全管理的建议", "third", 50, "assigned"),
    ("关于社区矫正对象请假便利的建议", "first", 55, "assigned"),
    ("关于规范网吧电竞酒店接待未成年人的建议", "second", 60, "assigned"),
    ("关于医疗废物处置监督的建议", "third", 62, "assigned"),
    ("关于认罪认罚释法说理的建议", "first", 65, "sent"),
    ("关于法治副校长课程统一的建议", "second", 66, "sent"),
    ("关于城市扬尘治理的建议", "third", 67, "with_leader"),
    ("关于检察文书公开查询的建议", "first", 68, "sheet"),
    ("关于托育机构从业人员查询的建议", "second", 69, "sheet"),
    ("关于湿地保护公益诉讼的建议", "third", 70, "sheet"),
    ("关于缩短控告申诉答复时间的建议", "first", 74, "registered"),
    ("关于青少年心理援助的建议", "second", 76, "registered"),
    ("关于快递个人信息保护的建议", "third", 78, "registered"),
    ("关于民营企业合规辅导的建议", "first", 80, "registered"),
    ("关于乡村道路安全隐患的建议", "third", 84, "registered"),
    ("关于检察开放日常态化的建议", "first", 86, "registered"),
    ("关于代表联络站法律服务的建议", "first", 40, "replied"),
    ("关于校车安全监管的建议", "second", 45, "second_letter"),
    ("关于噪声扰民治理的建议", "third", 50, "replied"),
    ("关于老年人防骗宣传的建议", "first", 55, "rated"),
    ("关于校园周边交通安全的建议", "second", 50, "promised"),
]  # fmt: skip
ORDER: Final = [
    "registered", "sheet", "sent", "with_leader", "assigned", "in_hand", "talked", "drafted", "with_deputy", "signing",
    "signed", "replied", "rated", "promised", "second_letter",
]  # fmt: skip
WAITS_FOR: Final = {"with_deputy": "deputy_chief", "signing": "sign"}
"""The signature a letter still lacks."""
ANSWER: Final = Answer(
    lines=[
        "一、关于您提出的问题",
        "我院高度重视，已会同有关部门实地了解情况，对存在的问题逐项提出监督意见。",
        "二、关于下一步措施",
        "我院将把这项工作列入年度重点，定期回头看，并及时向您通报进展。",
    ]
)

PROMISED: Final = "会同主管部门完成一轮排查整改"
WHY: Final = "需要分期排查，先办理、后报告。"
PROMISE_AHEAD: Final = 9  # days from today to the open promise's own day


def load_today(offices: Offices, today: date) -> list[Road]:
    """Register, route and carry each as far as the plan says; one sheet for all of a kind."""
    roads = [_registered(offices, place, entry, today) for place, entry in enumerate(PLAN)]
    steps = [entry[3] for entry in PLAN]
    routings = [_routing(road, entry) for road, entry in zip(roads, PLAN, strict=True)]
    day = _workday(today, 0)
    _sheet(drafted_sheet, offices, routings, steps, {"sheet"}, day)
    _sheet(sent_sheet, offices, routings, steps, {"sent"}, day)
    _sheet(sheet_with_leader, offices, routings, steps, {"with_leader"}, day)
    for routing, step in zip(routings, steps, strict=True):
        if ORDER.index(step) >= ORDER.index("assigned"):
            _carried(offices, routing, step, day)
    return roads


def _registered(offices: Offices, place: int, entry: tuple[str, str, int, str], today: date) -> Road:
    title, department, left, _ = entry
    assigned = add_months(today + timedelta(days=left), -3)
    number = f"闭16{100 + place:04d}"
    body = f"{title[2:-3]}，群众关注。建议检察机关依法履职，推动解决。"
    made = facts(
        offices, number, title, NAMES[place % len(NAMES)], body=body,
        session=None, list_number=f"样人代函〔{assigned.year}〕{20 + place}号", assigned_on=assigned,
        received_on=assigned, handler_role=HandlerRole.SOLE,
    )  # fmt: skip
    road = Road.registered(offices, made)
    kinds = list(ProblemClass)
    category = {"first": "普通刑事检察", "second": "未成年人检察", "third": "公益诉讼检察"}[department]
    return road.classified(assigned, category, kinds[place % len(kinds)])


def _routing(road: Road, entry: tuple[str, str, int, str]) -> Routing:
    """The department has until some days before the reply is due; the nearest ones stand on every rung."""
    due_on = add_months(road.matter.received_on, 3) - timedelta(days=DEPARTMENT_MARGIN)
    return Routing(road, entry[1], opinion="按业务归口办理。", due_on=max(due_on, road.matter.received_on))


def _sheet(
    make: object, offices: Offices, routings: list[Routing], steps: list[str], wanted: set[str], day: date
) -> None:
    chosen = [routing for routing, step in zip(routings, steps, strict=True) if step in wanted]
    make(offices, chosen, day)  # type: ignore[operator]


def _carried(offices: Offices, routing: Routing, step: str, today: date) -> None:
    """From the sheet on, day by day between assignment and today."""
    road = routing.road
    start = road.matter.received_on
    span = max((today - start).days, 1)

    def on(share: float) -> date:
        return min(_workday(start + timedelta(days=int(span * share)), 0), today)

    reached = ORDER.index(step)
    agreed_sheet(offices, [routing], on(0.05) if reached > ORDER.index("assigned") else _workday(today, 0))
    if reached >= ORDER.index("in_hand"):
        road.signed_for(on(0.08))
        letters.talked(road, on(0.12), mode=Mode.PHONE, words="先电话联系，希望有时间当面谈一谈。")
    if reached >= ORDER.index("talked"):
        letters.talked(road, on(0.3), stage=Stage.DURING, words="希望尽快见到效果。")
    if reached < ORDER.index("drafted"):
        return
    if reached >= ORDER.index("promised"):
        _promised(road, on, today, reached)
        return
    reply = letters.drafted(road, on(0.6), ANSWER)
    if reached >= ORDER.index("with_deputy"):
        letters.submitted(road, reply, on(0.7))
        letters.signed(reply, on(0.8), until=WAITS_FOR.get(step, ""))
    if reached >= ORDER.index("replied"):
        letters.issued(road, reply, on(0.9))
        letters.delivered(road, reply, on(0.95))
    if reached >= ORDER.index("rated"):
        letters.rated(road, reply, on(1), "satisfied")


def _promised(road: Road, on: Callable[[float], date], today: date, reached: int) -> None:
    """Answered as in progress with a promise: still open, or kept and reported on in a second letter."""
    is_kept = reached >= ORDER.index("second_letter")
    promise = Promise(text=PROMISED, due_on=on(0.7) if is_kept else today + timedelta(days=PROMISE_AHEAD))
    reply = letters.answered(
        road, on(0.4),
        replace(ANSWER, outcome=Outcome.IN_PROGRESS, reason=WHY, reason_code="short_term", promises=(promise,)),
    )  # fmt: skip
    letters.delivered(road, reply, on(0.45))
    letters.rated(road, reply, on(0.5), "mostly_satisfied", words="期待兑现。")
    letters.closed(road, on(0.55))
    if is_kept:
        letters.kept(road, on(0.7), "排查和整改已经完成，建立了每月检查制度。")
        again = letters.answered_again(road, on(0.85), ["今后如有新的情况，我院将及时向您通报。"])
        letters.delivered(road, again, on(0.9))


def _workday(day: date, step: int) -> date:
    """The day itself or the last working day before it."""
    known = calendar()
    while not known.is_working(day):
        day -= timedelta(days=1)
    return day
