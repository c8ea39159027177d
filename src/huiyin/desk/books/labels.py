"""The words of a rule book's vocabulary as a clerk reads them."""

from __future__ import annotations

from typing import Final

from huiyin.matters.rules import HANDLER_ROLE_LABELS, OUTCOME_LABELS
from huiyin.organisations.rules import ROLE_LABELS
from huiyin.regulations.books.vocabulary import (
    Condition,
    Consent,
    Dimension,
    Mark,
    RedoTrigger,
    ReplyMode,
    StageCode,
    StepKind,
    Who,
    Whom,
)
from huiyin.regulations.rules import Roll

ROLES: Final = {role.value: label for role, label in ROLE_LABELS.items()}
UNDERTAKINGS: Final = {role.value: label for role, label in HANDLER_ROLE_LABELS.items()}
ROLLS: Final = {
    Roll.FORWARD: "遇休息日顺延",
    Roll.BACKWARD: "遇休息日提前",
    Roll.NONE: "不因休息日变动",
}
CONDITIONS: Final = {
    Condition.ALWAYS: "",
    Condition.HAS_ASSISTANTS: "有协办部门的",
    Condition.WITH_OTHER_ORGANS: "与外单位联合答复的",
    Condition.IS_KEY: "重点办理的",
    Condition.HAS_MEETING: "当面商谈过的",
    Condition.HAS_CORRESPONDENCE: "有往来函件的",
}
CONTACT_KINDS: Final = {
    "phone": "电话", "meet": "面商", "visit": "走访", "investigate": "调研", "carry_out": "落实", "solicit": "征询",
    "feed_back": "反馈", "appointment": "约访", "interview": "专访", "invited_activity": "邀请参加活动",
    "inspection": "视察",
}  # fmt: skip
STEP_KINDS: Final = {StepKind.DRAFT: "起草", StepKind.DECIDE: "审批", StepKind.ACT: "办理"}
WHO: Final = {
    Who.LEAD_DEPARTMENT: "主办部门",
    Who.ASSISTING_DEPARTMENTS: "各协办部门",
    Who.IN_CHARGE: "分管或领衔的",
    Who.OWN_OFFICER: "对口联系的",
    Who.ANYONE: "",
}
MARKS: Final = {
    Mark.SIGNED: "定成文日期",
    Mark.NUMBERED: "取号",
    Mark.SEALED: "用印",
    Mark.ISSUED: "定印发日期",
    Mark.DELIVERED: "定送达日期",
    Mark.FILED: "归档",
}
CONSENTS: Final = {
    Consent.NOT_NEEDED: "不须交办机关同意",
    Consent.EXPLAINED: "不须交办机关同意，须向提出人书面说明",
    Consent.ASSIGNING_ORGAN: "须经交办机关同意",
}
WHOM: Final = {
    Whom.EACH_DEPUTY: "对每位代表",
    Whom.EACH_OFFICER: "每名联络员",
    Whom.OFFICE: "本院",
    Whom.LEADERS: "院领导",
}
OUTCOMES: Final = {outcome.value: label for outcome, label in OUTCOME_LABELS.items()}
STAGES: Final = {
    StageCode.PRE_CONSULT: "办前沟通",
    StageCode.MID_CONSULT: "办中征询",
    StageCode.FEEDBACK: "办后反馈",
    StageCode.FOLLOW_UP: "回访跟进",
}
DIMENSIONS: Final = {Dimension.ATTITUDE: "办理态度", Dimension.RESULT: "办理结果", Dimension.OVERALL: "总体"}
TRIGGERS: Final = {RedoTrigger.RATING: "代表评价为不满意", RedoTrigger.ORDER: "人大机构要求"}
REPLY_MODES: Final = {
    ReplyMode.EACH: "逐人答复",
    ReplyMode.LEAD: "答复领衔代表，由其转告",
    ReplyMode.AGREED: "逐人答复，经同意可由领衔代表转复",
}
KEYS: Final = {
    "title": "名称", "count": "数量", "unit": "单位", "roll": "遇休息日", "starts_from": "起算", "counts": "方向",
    "cap": "最长期限", "extension_allowed": "可否延期", "suspension_allowed": "可否中止", "article": "条款",
    "summary": "摘要", "unconfirmed": "未核对", "from": "施行日期", "until": "失效日期",
    "from_on": "施行日期", "until_on": "失效日期", "version": "版本",
    "issuer": "制定机关", "level": "层级", "steps": "步骤", "roles": "岗位", "options": "等次", "mark": "字母",
    "times": "次数", "per": "周期", "by": "时间或责任人", "limit": "期限", "tell": "告知", "required": "是否必须",
    "early": "临近提醒", "near": "即将到期提醒", "last": "最后提醒", "half_way": "过半提醒", "value": "数值",
    "departments": "建议承办部门", "outcomes": "办理结果",
}  # fmt: skip
VALUES: Final = {
    "forward": "顺延", "backward": "提前", "none": "不变", "working_day": "工作日", "calendar_day": "日",
    "month": "月", "after": "之后", "before": "之前", "national": "国家", "provincial": "省级", "city": "市级",
    "local": "本院",
}  # fmt: skip
