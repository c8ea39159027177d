"""The demonstration's matters with facts of their own; their 2026 dates stand, whatever day it is today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.offices import Offices
from huiyin.demo.road import Road, Routing, agreed_sheet
from huiyin.matters.letters import Promise
from huiyin.matters.rules import HandlerRole, Mode, Outcome, ProblemClass, Stage
from huiyin.suggestions.facts import Signer, SuggestionFacts
from huiyin.suggestions.rules import Docketing, ProposerKind, SuggestionKind, side_of

LIST_NUMBER = "样人代〔2026〕8号"


def facts(offices: Offices, number: str, title: str, lead: tuple[str, str], **more: Any) -> SuggestionFacts:
    """Facts of a suggestion of 样本市第十六届人大; the second session's list of 2 March unless said otherwise."""
    usual: dict[str, Any] = {
        "assigner": offices.bodies["congress"],
        "term": 16,
        "session": 2,
        "list_number": LIST_NUMBER,
        "assigned_on": date(2026, 3, 2),
        "received_on": date(2026, 3, 3),
        "handler_role": HandlerRole.SOLE,
    }
    signer = Signer(name=lead[0], delegation=lead[1])
    return SuggestionFacts(**usual | {"title": title, "external_number": number, "lead": signer} | more)


def vapes_and_blind_boxes(offices: Offices) -> Road:
    """162001: lead, answered on 20 May with A, rated well, filed."""
    road = Road.registered(
        offices,
        facts(
            offices, "162001", "关于加强校园周边电子烟与“盲盒文具”治理的建议", ("张示例", "第三代表团"),
            body="校园周边商店向学生出售电子烟和诱导消费的盲盒文具，家长反映强烈。\n"
            "一、建议加强对校园周边商店的检查。\n二、建议运用公益诉讼检察建议推动长效治理。\n三、建议法治副校长开展专题教育。",
            handler_role=HandlerRole.LEAD, other_units="样本市教育体育局",
        ),
    )  # fmt: skip
    road.classified(date(2026, 3, 4), "未成年人检察", ProblemClass.COMMON)
    routing = Routing(
        road, "second", organs=("education",), opinion="涉及未成年人保护，建议由未检部主办，会同教育部门。"
    )
    agreed_sheet(offices, [routing], date(2026, 3, 5))
    road.signed_for(date(2026, 3, 6))
    letters.talked(road, date(2026, 3, 18), words="希望检查常态化，不要一阵风；学校门口的店最要紧。")
    letters.opinions_given(road, date(2026, 4, 15), "已部署校园周边排查，配合开展法治教育，同意联合巡查机制。")
    answer = Answer(
        lines=[
            "一、关于校园周边商店检查",
            "我院会同市场监管、烟草专卖部门检查校园周边商店，对向未成年人出售电子烟的行为依法监督处理。",
            "样本市教育体育局会办认为，已部署各校排查校园周边商店，同意建立联合巡查机制，每学期开学第一个月集中开展。",
            "二、关于公益诉讼检察建议",
            "我院就电子烟和“盲盒文具”销售问题立案，向主管部门发出公益诉讼检察建议2份，推动建立进货查验和警示标识制度。",
            "三、关于法治教育",
            "我院法治副校长已到校开展专题教育，并将课程录成短片供各校使用。",
        ],
        cites={"样本市教育体育局": 4},
    )
    reply = letters.drafted(road, date(2026, 5, 6), answer)
    letters.shown(road, reply, date(2026, 5, 6), date(2026, 5, 8))
    letters.signed(letters.submitted(road, reply, date(2026, 5, 11)), date(2026, 5, 19))
    letters.issued(road, reply, date(2026, 5, 20))
    letters.delivered(road, reply, date(2026, 5, 21))
    letters.talked(road, date(2026, 5, 21), stage=Stage.AFTER, words="答复具体，措施看得见。")
    letters.rated(road, reply, date(2026, 5, 25), "satisfied", words="希望坚持下去。")
    letters.closed(road, date(2026, 5, 27))
    letters.stepped(
        road, date(2026, 6, 29), not_applicable={"institutionalise": "联合巡查机制已由主管部门建立，本院不另行制定。"}
    )
    return letters.filed(road, date(2026, 6, 30), missing_reason="演示数据未附全部纸质材料，原件存联络办公室。")


def weekend_opening(offices: Offices) -> Road:
    """162013: ours alone, answered with B and a promise until the end of the year."""
    road = Road.registered(
        offices,
        facts(
            offices, "162013", "关于乡镇检察联络点周末开放的建议", ("王虚构", "第二代表团"),
            body="乡镇群众平日务农务工，联络点周末不开门。建议在赶集日和周末安排值班。",
        ),
    )  # fmt: skip
    road.classified(date(2026, 3, 4), "检务公开与服务", ProblemClass.LONG_TERM)
    agreed_sheet(offices, [Routing(road, "first", opinion="建议由第一检察部独办。")], date(2026, 3, 5))
    road.signed_for(date(2026, 3, 9))
    letters.talked(road, date(2026, 3, 25), mode=Mode.VISIT, words="先选人多的镇试点，效果好再推开。")
    promise = Promise(text="在两个镇的检察联络点试行周末开放", due_on=date(2026, 12, 31))
    answer = Answer(
        lines=[
            "一、关于周末开放",
            "您的建议切合乡镇实际。我院计划先在两个镇试点，逢赶集日和周末安排检察官值班，2026年12月31日前完成试点。",
            "二、关于后续安排",
            "试点结束后我院将总结情况，第四季度向您报告，并根据群众使用情况决定推广范围。",
        ],
        outcome=Outcome.IN_PROGRESS,
        reason="人员和场地需要统筹，先试点后推开。",
        reason_code="conditions",
        promises=(promise,),
    )
    reply = letters.answered(road, date(2026, 5, 18), answer)
    letters.delivered(road, reply, date(2026, 5, 20))
    letters.rated(road, reply, date(2026, 5, 26), "mostly_satisfied", words="期待试点。")
    return letters.closed(road, date(2026, 5, 28))


def couriers(offices: Offices) -> Road:
    """闭160002: we assist; one month from 16 January ends in the Spring Festival and rolls to 24 February."""
    road = Road.registered(
        offices,
        facts(
            offices, "闭160002", "关于外卖骑手交通违法分流与司法救助衔接的建议", ("赵占位", "第二代表团"),
            body="外卖骑手轻微交通违法较多，事故后家庭困难的缺少救助衔接。建议分级处理并衔接司法救助。",
            session=None, list_number="样人代函〔2026〕2号", assigned_on=date(2026, 1, 15),
            received_on=date(2026, 1, 16), handler_role=HandlerRole.ASSIST, lead_unit="样本市公安局",
        ),
    )  # fmt: skip
    road.classified(date(2026, 1, 16), "普通刑事检察", ProblemClass.COMMON)
    opinion = "我院协办，建议由第一检察部在春节前提出会办意见。"
    agreed_sheet(offices, [Routing(road, "first", opinion=opinion, due_on=date(2026, 2, 10))], date(2026, 1, 19))
    road.signed_for(date(2026, 1, 20))
    answer = Answer(
        lines=[
            "一、对轻微交通违法，建议公安机关区分情形教育、警告，构成犯罪的依法办理。",
            "二、对因事故致家庭困难、符合条件的，我院可以依申请或者依职权启动司法救助，并与民政救助衔接。",
        ]
    )
    letters.answered(road, date(2026, 2, 9), answer)
    return road


def stone_carvings(offices: Offices) -> Road:
    """闭160003: due on National Day, rolled to 8 October; not satisfied at first, redone, then mostly satisfied."""
    road = Road.registered(
        offices,
        facts(
            offices, "闭160003", "关于加强古渡口石刻保护的建议", ("钱练习", "第四代表团"),
            body="古渡口石刻风化、刻画严重，周边堆放杂物。建议落实保护责任，清理周边环境。",
            session=None, list_number="样人代函〔2026〕9号", assigned_on=date(2026, 7, 1),
            received_on=date(2026, 7, 2), handler_role=HandlerRole.LEAD, other_units="样本市教育体育局",
        ),
    )  # fmt: skip
    road.classified(date(2026, 7, 3), "公益诉讼检察", ProblemClass.INDIVIDUAL, key_reason="保护对象涉及多个部门")
    agreed_sheet(offices, [Routing(road, "third", opinion="建议由公益诉讼部主办。")], date(2026, 7, 6))
    road.signed_for(date(2026, 7, 7))
    letters.talked(road, date(2026, 7, 20), mode=Mode.VISIT, words="现场看过，最怕夏天雨水冲刷。")
    first = Answer(lines=["一、关于保护责任", "我院已向主管部门了解情况，督促其研究保护方案。"])
    reply = letters.answered(road, date(2026, 9, 15), first)
    letters.delivered(road, reply, date(2026, 9, 16))
    letters.rated(road, reply, date(2026, 9, 21), "not_satisfied", words="只说研究，没有时间表，石刻还在淋雨。")
    letters.redone(road, date(2026, 9, 22))
    letters.talked(road, date(2026, 9, 25), mode=Mode.FACE_TO_FACE, words="先搭棚、再修复，给个时间。")
    second = Answer(
        lines=[
            "一、关于防护",
            "我院立案后发出检察建议，主管部门已搭建防护棚，清理周边杂物，设立保护标志。",
            "二、关于修复",
            "修复方案已经专家论证，经费已落实，2026年11月底前完成首批石刻加固。",
        ]
    )
    again = letters.answered(road, date(2026, 10, 20), second)
    letters.delivered(road, again, date(2026, 10, 21))
    letters.rated(road, again, date(2026, 10, 26), "mostly_satisfied", words="这次有了实招，继续看修复效果。")
    return letters.closed(road, date(2026, 10, 27))


def idle_cases(offices: Offices) -> Road:
    """0131: a party's own, five months: 2 March to 2 August, a Sunday, rolled to the 3rd."""
    road = Road.registered(
        offices,
        _proposal(
            offices, "0131", "关于缩短涉企案件办理周期的提案", kind=ProposerKind.PARTY,
            lead=Signer(name="民建样本市委员会"), session=2, assigned_on=date(2026, 3, 2),
            body="涉企案件长期不结，企业融资、投标受影响。建议检察机关会同公安机关定期排查，限期清理。",
        ),
    )  # fmt: skip
    road.classified(date(2026, 3, 4), "经济犯罪检察", ProblemClass.COMMON)
    agreed_sheet(offices, [Routing(road, "first", opinion="建议由第一检察部独办。")], date(2026, 3, 5))
    road.signed_for(date(2026, 3, 9))
    letters.talked(road, date(2026, 4, 2), words="希望先摸清底数，再分类处理。")
    answer = Answer(
        lines=[
            "一、关于摸清底数",
            "我院会同公安机关对全市涉企案件逐件核对，长期未结的列出清单，按月通报进展。",
            "二、关于分类处理",
            "应当撤案的监督撤案，需要继续侦查的明确期限，处理结果书面告知企业。",
        ],
    )
    reply = letters.answered(road, date(2026, 6, 18), answer)
    letters.delivered(road, reply, date(2026, 6, 22))
    letters.rated(road, reply, date(2026, 6, 29), "satisfied", words="清理有实效。")
    return letters.closed(road, date(2026, 7, 2))


def night_schools(offices: Offices) -> Road:
    """0203: two members together, between sessions: three months, in hand."""
    road = Road.registered(
        offices,
        _proposal(
            offices, "0203", "关于检察官参与社区夜校普法的提案", kind=ProposerKind.MEMBER,
            lead=Signer(name="申委员", delegation="教育界"), cosigners=(Signer(name="戚委员"),), session=None,
            assigned_on=date(2026, 6, 1),
            body="社区夜校晚上人多，建议检察官轮流到夜校讲课，重点讲防诈骗和未成年人保护。",
        ),
    )  # fmt: skip
    road.classified(date(2026, 6, 2), "未成年人检察", ProblemClass.INDIVIDUAL)
    agreed_sheet(offices, [Routing(road, "second", opinion="建议由第二检察部独办。")], date(2026, 6, 3))
    return road.signed_for(date(2026, 6, 5))


def letter_of_a_member(offices: Offices) -> Road:
    """0244: a sector's paper that was not filed; a member's letter, without a time limit."""
    facts = _proposal(
        offices, "0244", "关于检务大厅增设母婴室的建议", kind=ProposerKind.SECTOR, lead=Signer(name="妇联界"),
        session=2, assigned_on=date(2026, 3, 2), body="来访群众带孩子不便，建议在检务大厅增设母婴室。",
    )  # fmt: skip
    return Road.registered(offices, replace(facts, docketing=Docketing.MEMBER_LETTER))


def _proposal(
    offices: Offices, number: str, title: str, *, kind: ProposerKind, lead: Signer, session: int | None,
    assigned_on: date, body: str, cosigners: tuple[Signer, ...] = (),
) -> SuggestionFacts:  # fmt: skip
    return SuggestionFacts(
        title=title, body=body, kind=SuggestionKind.PROPOSAL, side=side_of(kind), proposer_kind=kind,
        assigner=offices.bodies["cppcc"], term=14, session=session, external_number=number,
        assigned_on=assigned_on, received_on=assigned_on, handler_role=HandlerRole.SOLE, lead=lead,
        cosigners=cosigners,
    )  # fmt: skip


FIXED = [
    couriers,
    vapes_and_blind_boxes,
    weekend_opening,
    stone_carvings,
    idle_cases,
    night_schools,
    letter_of_a_member,
]
