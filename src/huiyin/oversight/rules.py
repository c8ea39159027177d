"""Kinds of oversight, their forms and what each must say. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from huiyin.organisations.rules import Role


class Kind(StrEnum):
    """Kinds of matter, as `Matter.kind` holds them."""

    REVIEW = "review_opinion"
    DELEGATION = "delegation_opinion"
    INSPECTION = "inspection_opinion"
    ASSIGNED = "assigned_matter"
    ACT = "oversight_act"


KIND_LABELS: Final = {
    Kind.REVIEW: "审议意见书",
    Kind.DELEGATION: "代表团审议意见",
    Kind.INSPECTION: "视察检查意见",
    Kind.ASSIGNED: "交办批办事项",
    Kind.ACT: "询问质询调查",
}


class Form(StrEnum):
    """What it is within its kind."""

    VISIT = "visit"
    RESEARCH = "research"
    ENFORCEMENT = "enforcement"
    ASSIGNED = "assigned"
    APPROVED = "approved"
    INQUIRY = "inquiry"
    SPECIAL_INQUIRY = "special_inquiry"
    INTERPELLATION = "interpellation"
    INVESTIGATION = "investigation"


FORM_LABELS: Final = {
    Form.VISIT: "视察",
    Form.RESEARCH: "专题调研",
    Form.ENFORCEMENT: "执法检查",
    Form.ASSIGNED: "交办",
    Form.APPROVED: "批办",
    Form.INQUIRY: "询问",
    Form.SPECIAL_INQUIRY: "专题询问",
    Form.INTERPELLATION: "质询",
    Form.INVESTIGATION: "特定问题调查",
}
FORMS: Final = {
    Kind.REVIEW: (),
    Kind.DELEGATION: (),
    Kind.INSPECTION: (Form.VISIT, Form.RESEARCH, Form.ENFORCEMENT),
    Kind.ASSIGNED: (Form.ASSIGNED, Form.APPROVED),
    Kind.ACT: (Form.INQUIRY, Form.SPECIAL_INQUIRY, Form.INTERPELLATION, Form.INVESTIGATION),
}


class Scope(StrEnum):
    """Of what the oversight is (S1-03)."""

    LAW = "law"
    WORK = "work"


SCOPE_LABELS: Final = {Scope.LAW: "法律监督", Scope.WORK: "工作监督"}


class Group(StrEnum):
    """Who may sign a 质询案."""

    MEMBERS = "member"
    DEPUTIES = "deputy"


GROUP_LABELS: Final = {Group.MEMBERS: "常委会组成人员", Group.DEPUTIES: "代表（大会期间）"}


class AnswerMode(StrEnum):
    ORAL = "oral"
    WRITTEN = "written"


ANSWER_MODE_LABELS: Final = {AnswerMode.ORAL: "到会口头答复", AnswerMode.WRITTEN: "书面答复"}


class Result(StrEnum):
    """What whoever asked made of the answer."""

    ACCEPTED = "accepted"
    AGAIN = "again"
    DECIDED = "decided"


RESULT_LABELS: Final = {
    Result.ACCEPTED: "没有其他意见",
    Result.AGAIN: "要求再作答复",
    Result.DECIDED: "作出决议、决定",
}
MIDDLE_AND_ABOVE: Final = frozenset({Role.CHIEF, Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD, Role.OFFICE_HEAD})
"""中层以上: who listens to a delegation (S0-48), answers at a meeting and answers for what was assigned (S0-54)."""

REQUIRED: Final = {
    Kind.REVIEW: {"occasion": "哪次会议审议的", "held_on": "会议日期", "opinions": "审议意见"},
    Kind.DELEGATION: {
        "delegation": "代表团", "occasion": "哪次会议分组审议的", "held_on": "审议日期", "listener": "到会听取意见的人",
        "opinions": "审议意见",
    },
    Kind.INSPECTION: {"form": "形式", "occasion": "哪次活动", "held_on": "活动日期", "opinions": "报告提出的意见"},
    Kind.ASSIGNED: {"form": "交办还是批办", "answer_by_on": "办理期限", "owner": "责任人"},
    Kind.ACT: {
        "form": "监督方式", "scope": "监督类别", "asked_by": "提出人", "answer_mode": "答复方式",
        "answer_by_on": "答复或者到会的日期", "answerer": "答复人",
    },
}  # fmt: skip
"""What must be said of each kind: attribute of the facts, and how a refusal names it."""
LISTED: Final = frozenset({Kind.REVIEW, Kind.DELEGATION, Kind.INSPECTION})
"""Kinds that list opinions, each answered or taken up by a department."""
DAY_LABELS: Final = {
    Kind.REVIEW: "报告研究处理情况",
    Kind.DELEGATION: "反馈代表团",
    Kind.INSPECTION: "报告办理情况",
    Kind.ASSIGNED: "反馈办理结果",
    Kind.ACT: "答复",
}


class OpinionState(StrEnum):
    WAITING = "waiting"
    ON_THE_SPOT = "on_the_spot"
    TAKEN_UP = "taken_up"
    ANSWERED = "answered"


OPINION_STATE_LABELS: Final = {
    OpinionState.WAITING: "待落实",
    OpinionState.ON_THE_SPOT: "当场答复",
    OpinionState.TAKEN_UP: "已定措施",
    OpinionState.ANSWERED: "已答复",
}


def opinion_state(*, is_answered: bool, on_the_spot: bool, is_measured: bool) -> OpinionState:
    """How far one opinion is: what was answered counts before what was only taken up."""
    if is_answered:
        return OpinionState.ON_THE_SPOT if on_the_spot else OpinionState.ANSWERED
    return OpinionState.TAKEN_UP if is_measured else OpinionState.WAITING
