"""The demonstration's matters that others have a part in: signed by seven, a party's proposal, an opinion of a
delegation; their 2026 dates stand."""

from __future__ import annotations

from datetime import date

from huiyin.demo import letters
from huiyin.demo.letters import Answer
from huiyin.demo.matters import facts
from huiyin.demo.offices import Offices
from huiyin.demo.organs import answered_together, handled_together, talked_together
from huiyin.demo.road import Road, Routing, agreed_sheet
from huiyin.matters.letters import Promise
from huiyin.matters.rules import HandlerRole, Outcome, ProblemClass, Stage
from huiyin.suggestions.facts import Signer
from huiyin.suggestions.rules import Side, SuggestionKind

COSIGNERS = (
    ("王虚构", "第二代表团"), ("赵占位", "第二代表团"), ("钱练习", "第四代表团"), ("阿依·示例", "第三代表团"),
    ("䶮演示", "第一代表团"), ("张示例", "第三代表团"),
)  # fmt: skip
MOSTLY = 2  # so many of the seven are mostly satisfied


def reading_files_elsewhere(offices: Offices) -> Road:
    """162008: led together with the court, signed by seven, delivered to and rated by each of them."""
    court = offices.bodies["court"].name
    road = Road.registered(
        offices,
        facts(
            offices, "162008", "关于律师异地阅卷与案件进度短信告知的建议", ("李样本", "第一代表团"),
            body="律师到外地阅卷往返费时，案件办到哪一步要反复打电话。建议异地可以阅卷，办理进度用短信告知。",
            handler_role=HandlerRole.LEAD, other_units=court,
            cosigners=tuple(Signer(name=name, delegation=delegation) for name, delegation in COSIGNERS),
        ),
    )  # fmt: skip
    road.classified(date(2026, 3, 4), "刑事检察", ProblemClass.COMMON)
    opinion = "建议由第一检察部主办，商市中级人民法院统一做法，逐人答复。"
    agreed_sheet(offices, [Routing(road, "first", organs=("court",), opinion=opinion)], date(2026, 3, 5))
    road.signed_for(date(2026, 3, 6))
    handled_together(road, date(2026, 3, 9))
    words = "两家分开答、口径不一样，最好一起说清楚。"
    talked_together(road, date(2026, 3, 17), organ_attendees="立案庭古法官", words=words)
    letters.opinions_given(road, date(2026, 4, 10), "同意统一预约入口，审判阶段的进度由法院短信告知。")
    answer = Answer(
        lines=[
            "一、关于异地阅卷",
            "我院已与周边检察院开通异地阅卷，律师可以在就近的检察院阅卷。",
            "审判阶段的阅卷由法院一并纳入，两家统一预约入口。",
            "二、关于进度告知",
            "案件受理、移送、决定三个环节由检察院，立案、开庭、宣判三个环节由法院，以短信提示律师登录查询。",
        ],
    )
    reply = answered_together(road, date(2026, 5, 8), answer, signer="乔院长", countersigned_on=date(2026, 5, 12))
    letters.delivered(road, reply, date(2026, 5, 14))
    letters.talked(road, date(2026, 5, 14), stage=Stage.AFTER, words="一次说清楚了，方便。")
    for place, signer in enumerate(road.matter.participants.order_by("position")):
        is_last = place > len(COSIGNERS) - MOSTLY
        result = "mostly_satisfied" if is_last else "satisfied"
        letters.rated(road, reply, date(2026, 5, 20), result, signer=signer)
    return letters.closed(road, date(2026, 5, 22))


def pending_cases(offices: Offices) -> Road:
    """提案 0117: a party's proposal, in which we assist."""
    road = Road.registered(
        offices,
        facts(
            offices, "0117", "关于建立涉企“挂案”清理机制的提案", ("民建样本市委员会", ""),
            body="有的涉企案件长期没有结论，影响企业贷款和投标。建议建立定期清理机制。",
            kind=SuggestionKind.PROPOSAL, side=Side.PROPOSER, assigner=offices.bodies["cppcc"], term=14,
            list_number="样协提办〔2026〕3号", assigned_on=date(2026, 3, 6), received_on=date(2026, 3, 9),
            handler_role=HandlerRole.ASSIST, lead_unit="样本市工商业联合会",
        ),
    )  # fmt: skip
    road.classified(date(2026, 3, 9), "刑事检察", ProblemClass.LONG_TERM)
    agreed_sheet(offices, [Routing(road, "first", opinion="我院会办，建议由第一检察部提出意见。")], date(2026, 3, 10))
    road.signed_for(date(2026, 3, 11))
    answer = Answer(
        lines=[
            "一、建议会同公安机关每半年清理一次涉企案件，逐案明确处理意见。",
            "二、对应当撤案而没有撤案的，我院依法监督，并把结果通报工商联。",
        ]
    )
    letters.answered(road, date(2026, 3, 30), answer)
    return road


def public_response_rates(offices: Offices) -> Road:
    """三团-04: an opinion of 第三代表团 on the report; a common problem that ends in a rule."""
    road = Road.registered(
        offices,
        facts(
            offices, "三团-04", "关于公开检察建议回复率的审议意见", ("张示例", "第三代表团"),
            body="第三代表团审议检察工作报告时提出：检察建议发出去多少、回复多少、落实多少，应当让群众看得到。",
            kind=SuggestionKind.OPINION,
        ),
    )  # fmt: skip
    road.classified(date(2026, 3, 4), "公益诉讼检察", ProblemClass.COMMON)
    agreed_sheet(offices, [Routing(road, "third", opinion="共性问题，建议建章立制后统一公开。")], date(2026, 3, 5))
    road.signed_for(date(2026, 3, 6))
    letters.talked(road, date(2026, 3, 19), words="公开要定期，不能只公开一次。")
    answer = Answer(
        lines=[
            "一、关于公开回复率",
            "我院起草了检察建议公开办法，按季度公布发出、回复和落实情况。",
            "二、关于长效机制",
            "办法印发以后列入年度工作，回复率低的逐件跟进。",
        ],
        outcome=Outcome.IN_PROGRESS,
        reason_code="conditions",
        reason="公开办法需要征求有关部门意见后印发。",
        promises=(Promise(text="印发检察建议公开办法", due_on=date(2026, 9, 30)),),
    )
    reply = letters.answered(road, date(2026, 5, 15), answer)
    letters.delivered(road, reply, date(2026, 5, 18))
    letters.rated(road, reply, date(2026, 5, 22), "satisfied", words="盼早日印发。")
    letters.closed(road, date(2026, 5, 25))
    letters.kept(road, date(2026, 9, 21), "公开办法已经印发，第三季度起公布。")
    second = letters.answered_again(road, date(2026, 9, 28), ["公开办法已经印发，第三季度的情况已在本院网站公布。"])
    letters.delivered(road, second, date(2026, 9, 29))
    return road


SHARED = [reading_files_elsewhere, pending_cases, public_response_rates]
