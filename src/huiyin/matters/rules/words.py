"""The words for what a matter is, what came of it, who has part in it and what was done. No Django."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """What came of a matter; the letter printed for it is a matter of place."""

    RESOLVED = "resolved"
    IN_PROGRESS = "in_progress"
    NOT_FEASIBLE = "not_feasible"
    REFERENCE = "for_reference"


OUTCOME_LABELS: Final = {
    Outcome.RESOLVED: "已经解决或者基本解决",
    Outcome.IN_PROGRESS: "正在解决或者列入计划",
    Outcome.NOT_FEASIBLE: "因条件限制确实无法解决",
    Outcome.REFERENCE: "留作参考",
}
SEALED_AWAY: Final = "按规定转其他途径办理"
"""Why a draft was voided whose text went to a sealed matter: nobody reads it any more."""

RETURNED: Final = "returned"
"""What came of a matter that was not ours; no letter says so."""
WITHDRAWN: Final = "withdrawn"
"""What came of a matter that all who brought it took back; no letter answers it."""
NOT_ANSWERED: Final = (RETURNED, WITHDRAWN)
"""Ended without an answer of ours, by what others decided: in no figure, and nothing to handle anew."""
MATTER_OUTCOME_LABELS: Final = {
    **{code.value: label for code, label in OUTCOME_LABELS.items()},
    RETURNED: "退回交办机关",
    WITHDRAWN: "撤回",
}


class Visibility(StrEnum):
    OFFICE = "office"
    PUBLIC = "public"
    SEALED = "sealed"


VISIBILITY_LABELS: Final = {
    Visibility.OFFICE: "内部办理",
    Visibility.PUBLIC: "可以公开",
    Visibility.SEALED: "密封",
}


class HandlerRole(StrEnum):
    """Our part in a matter, and a department's part within it (S3-58)."""

    SOLE = "sole"
    LEAD = "lead"
    ASSIST = "assist"
    SEPARATE = "separate"


HANDLER_ROLE_LABELS: Final = {
    HandlerRole.SOLE: "独办",
    HandlerRole.LEAD: "主办",
    HandlerRole.ASSIST: "协办",
    HandlerRole.SEPARATE: "分办",
}


class ProblemClass(StrEnum):
    INDIVIDUAL = "individual"
    COMMON = "common"
    LONG_TERM = "long_term"


PROBLEM_CLASS_LABELS: Final = {
    ProblemClass.INDIVIDUAL: "个性问题",
    ProblemClass.COMMON: "共性问题",
    ProblemClass.LONG_TERM: "长远问题",
}


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


URGENCY_LABELS: Final = {Urgency.NORMAL: "一般", Urgency.URGENT: "紧急"}


class OpinionState(StrEnum):
    """An assistant's opinion (practice 15)."""

    NONE = "none"
    RECEIVED = "received"
    NO_OPINION = "no_opinion"
    NOT_RECEIVED = "not_received"


OPINION_STATE_LABELS: Final = {
    OpinionState.NONE: "未回",
    OpinionState.RECEIVED: "已收到意见",
    OpinionState.NO_OPINION: "回复无意见",
    OpinionState.NOT_RECEIVED: "两次催办未收到",
}


class ActKind(StrEnum):
    """What was done in handling (S3-38), and the reminder to a slow assistant."""

    CONSULT = "consult"
    VISIT = "visit"
    INVESTIGATE = "investigate"
    SOLICIT = "solicit"
    FEED_BACK = "feed_back"
    URGE = "urge"


ACT_KIND_LABELS: Final = {
    ActKind.CONSULT: "面商",
    ActKind.VISIT: "走访",
    ActKind.INVESTIGATE: "调研落实",
    ActKind.SOLICIT: "征询",
    ActKind.FEED_BACK: "反馈",
    ActKind.URGE: "催办",
}
WITH_THE_PROPOSER: Final = frozenset({ActKind.CONSULT, ActKind.VISIT, ActKind.SOLICIT, ActKind.FEED_BACK})


class Mode(StrEnum):
    FACE_TO_FACE = "face_to_face"
    VISIT = "visit"
    PHONE = "phone"
    SURVEY = "survey"
    WRITTEN = "written"


MODE_LABELS: Final = {
    Mode.FACE_TO_FACE: "面对面",
    Mode.VISIT: "登门走访",
    Mode.PHONE: "电话",
    Mode.SURVEY: "专题调研",
    Mode.WRITTEN: "书面",
}


IN_PERSON: Final = frozenset({Mode.FACE_TO_FACE, Mode.VISIT})


def act_title(kind: str, mode: str) -> str:
    """What a record is called: 面商 and 走访 where people met, else 电话沟通, 书面沟通, 专题调研.

    Feedback in writing is a 书面情况通报 (S3-36, S3-38, S3-116)."""
    if kind == ActKind.FEED_BACK and mode == Mode.WRITTEN:
        return "书面情况通报"
    if kind not in {ActKind.CONSULT, ActKind.VISIT} or mode in IN_PERSON:
        return ACT_KIND_LABELS[ActKind(kind)]
    label = MODE_LABELS[Mode(mode)]
    return label if mode == Mode.SURVEY else f"{label}沟通"


class Stage(StrEnum):
    """The four stages the deputy sees (S3-28…31, practice 22)."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    FOLLOW_UP = "follow_up"


STAGE_LABELS: Final = {
    Stage.BEFORE: "办前沟通",
    Stage.DURING: "办中征询",
    Stage.AFTER: "办后反馈",
    Stage.FOLLOW_UP: "回访跟进",
}


class DeliveryMode(StrEnum):
    """How somebody received a letter; through the lead deputy only where the book lets him pass it on."""

    HAND = "hand"
    POST = "post"
    CONGRESS = "congress"
    SITE = "site"
    LEAD = "lead"


DELIVERY_MODE_LABELS: Final = {
    DeliveryMode.HAND: "当面送达",
    DeliveryMode.POST: "邮寄",
    DeliveryMode.CONGRESS: "人大系统",
    DeliveryMode.SITE: "手机端",
    DeliveryMode.LEAD: "领衔代表转复",
}


class RatingSource(StrEnum):
    SIGNED_FORM = "signed_form"
    CONGRESS_SYSTEM = "congress_system"
    OUR_SITE = "our_site"
    ORAL = "oral"


RATING_SOURCE_LABELS: Final = {
    RatingSource.SIGNED_FORM: "征询意见表（签字）",
    RatingSource.CONGRESS_SYSTEM: "人大系统",
    RatingSource.OUR_SITE: "手机端（待书面确认）",
    RatingSource.ORAL: "口头（待书面确认）",
}
OF_RECORD: Final = frozenset({RatingSource.SIGNED_FORM, RatingSource.CONGRESS_SYSTEM})


class Grade(StrEnum):
    SATISFIED = "satisfied"
    MOSTLY = "mostly_satisfied"
    DISSATISFIED = "not_satisfied"


GRADE_LABELS: Final = {Grade.SATISFIED: "满意", Grade.MOSTLY: "基本满意", Grade.DISSATISFIED: "不满意"}
