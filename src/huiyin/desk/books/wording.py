"""How the entries of a rule book are said, each in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from huiyin.desk.books.labels import (
    CONDITIONS,
    CONSENTS,
    CONTACT_KINDS,
    DIMENSIONS,
    MARKS,
    OUTCOMES,
    REPLY_MODES,
    ROLES,
    STAGES,
    STEP_KINDS,
    TRIGGERS,
    UNDERTAKINGS,
    WHO,
    WHOM,
)
from huiyin.regulations.books import (
    AssistRule,
    Cadence,
    Category,
    ChainStep,
    DepartmentDate,
    EntersOutside,
    Entry,
    ExtensionRule,
    ExternalNumber,
    Filing,
    Ladder,
    MergingRule,
    Outcome,
    PollRule,
    ProblemClass,
    RatingRule,
    RatingScale,
    Reason,
    Redo,
    ReplyTo,
    RequiredContact,
    RequiredPaper,
    Revisit,
    Routing,
    SignersRule,
    SupervisionLevel,
    Target,
    WithdrawalRule,
    WorkStep,
)
from huiyin.regulations.books.vocabulary import PER_LABELS
from huiyin.regulations.rules import RUNG_LABELS


def said(entry: Entry) -> str:
    """What the entry rules, besides its title: 字母A；须说明原因. Empty where the title says it all."""
    say = SAYINGS.get(type(entry))
    return say(entry) if say else ""


def title_of(entry: Entry) -> str:
    """The entry's own title, otherwise what its table is called."""
    return getattr(entry, "title", "") or entry.label


def step_note(step: ChainStep) -> str:
    """Who takes a step of a chain, and what it fixes: 主办部门部门负责人审批；定成文日期."""
    who = (WHO[step.who] + ROLES[step.role]).replace("部门部门", "部门").replace("的分管", "的")
    parts = [f"{who}{STEP_KINDS[step.kind]}", CONDITIONS[step.condition], "可以略过" if step.optional else ""]
    return "；".join(part for part in [*parts, MARKS[step.marks] if step.marks else ""] if part)


def roles(codes: Iterable[str]) -> str:
    return "、".join(ROLES[code] for code in codes)


def _outcome(entry: Outcome) -> str:
    parts = [
        f"字母{entry.mark}" if entry.mark else "",
        "须说明原因" if entry.reason_required else "",
        "须定明办结时限" if entry.commitment_required else "",
        "办结后再次答复" if entry.second_reply_required else "",
    ]
    return "；".join(part for part in parts if part)


def _scale(entry: RatingScale) -> str:
    return "、".join(f"{option.label}{'' if option.satisfied else '（视为不满意）'}" for option in entry.options)


def _contact(entry: RequiredContact) -> str:
    if not entry.required:
        return "本制度不要求"
    named = [CONTACT_KINDS.get(kind, kind) for kind in entry.kinds]
    kinds = f"方式：{'、'.join(named)}" if named else ""
    stage = STAGES[entry.stage] if entry.stage else ""
    parts = [stage, f"至少{entry.at_least}次", kinds, roles(entry.by), _for_roles(entry.applies_to)]
    return "；".join(part for part in parts if part)


def _paper(entry: RequiredPaper) -> str:
    if not entry.required:
        return "本制度不要求"
    return "；".join(part for part in (CONDITIONS[entry.condition], _for_roles(entry.applies_to)) if part)


def _for_roles(codes: Iterable[str]) -> str:
    named = [UNDERTAKINGS[code] for code in codes]
    return "" if len(named) == len(UNDERTAKINGS) else "、".join(named) + "件"


def _ladder(entry: Ladder) -> str:
    days = "、".join(str(each) for each in (entry.early, entry.near, entry.last) if each)
    told = [f"{RUNG_LABELS[each.rung]}告知{roles(each.roles)}" for each in entry.tell]
    half = "期限过半、" if entry.half_way else ""
    return "；".join([f"{half}到期前{days}个工作日、逾期时提醒", *told])


def _cadence(entry: Cadence) -> str:
    by = "、".join(f"{each.month}月{each.day}日" for each in entry.by)
    return f"{WHOM[entry.whom]}{PER_LABELS[entry.per]}至少{entry.times}次" + (f"，{by}前" if by else "")


def _rating(entry: RatingRule) -> str:
    silent = "未评价的不计入满意率分母" if entry.silent_leave_denominator else "未评价的计入满意率分母"
    return f"期限 {entry.limit}；到期提醒{entry.reminders}次；{silent}"


def _redo(entry: Redo) -> str:
    days = f"期限 {entry.limit}" if entry.limit else "未定天数"
    return f"{DIMENSIONS[entry.dimension]}：{TRIGGERS[entry.trigger]}时重新办理；{days}"


def merged(entry: MergingRule) -> str:
    """Whether a proposal may be handled together with a suggestion."""
    sides = "代表建议与政协提案也可以并案" if entry.proposals_with_suggestions else "代表建议与政协提案不并案"
    return f"可以并案办理、分别答复；{sides}"


def _target(entry: Target) -> str:
    return f"{PER_LABELS[entry.per]}{entry.value}（{entry.measure}）"


SAYINGS: Final[dict[type[Entry], Callable[[Any], str]]] = {
    WorkStep: lambda entry: roles(entry.roles),
    ProblemClass: lambda entry: entry.approach,
    Category: lambda entry: f"建议由名称含“{'”或“'.join(entry.departments)}”的部门承办" if entry.departments else "",
    Reason: lambda entry: "用于" + "、".join(OUTCOMES[each] for each in entry.outcomes),
    Outcome: _outcome,
    RatingScale: _scale,
    RequiredContact: _contact,
    RequiredPaper: _paper,
    Ladder: _ladder,
    Cadence: _cadence,
    RatingRule: _rating,
    PollRule: lambda entry: f"不满{entry.minimum}人参评的不显示结果",
    SignersRule: lambda entry: f"{entry.at_least}人以上联名",
    EntersOutside: lambda entry: f"{len(entry.matters)}类事项录入交办机关的系统",
    Target: _target,
    ExternalNumber: lambda entry: f"届{entry.term}位、次{entry.session}位、序号{entry.serial}位，依次相连",
    ExtensionRule: lambda entry: CONSENTS[entry.consent],
    WithdrawalRule: lambda entry: f"全部提出人书面撤回；{CONSENTS[entry.consent]}",
    MergingRule: merged,
    Redo: _redo,
    DepartmentDate: lambda entry: f"按期限 {entry.limit} 倒推",
    AssistRule: lambda entry: f"催办{entry.reminders_before_absent}次仍未收到的，经批准注明",
    ReplyTo: lambda entry: REPLY_MODES[entry.mode],
    Routing: lambda entry: entry.title,
    Revisit: lambda entry: f"期限 {entry.limit}" if entry.limit else "未定具体期限",
    SupervisionLevel: lambda entry: f"由{roles(entry.by)}签发" + (f"；回报期限 {entry.limit}" if entry.limit else ""),
    Filing: lambda entry: f"{'按届次和年度' if entry.by_term else '按年度'}归档，保管期限{entry.retention}",
}
