"""What verbs, actors and things are called on screen. A verb without a name here is shown as it is recorded."""

from __future__ import annotations

from typing import Final

from huiyin.audit.actors import ActorKind

ACTOR_KINDS: Final = {
    ActorKind.POST: "岗位",
    ActorKind.STAFF: "本人",
    ActorKind.SEAT: "管理员",
    ActorKind.OUTSIDE: "外部账号",
    ActorKind.SYSTEM: "系统",
    ActorKind.NOBODY: "未登录",
}
RESULTS: Final = {"done": "完成", "refused": "拒绝"}
VERBS: Final = {
    "audit.exported": "导出审计记录",
    "audit.opened": "查阅审计记录内容",
    "organisations.department_entered": "录入部门",
    "organisations.locked_out": "登录名被锁定",
    "organisations.office_entered": "录入检察院",
    "organisations.password_changed": "修改密码",
    "organisations.password_reset": "重置密码",
    "organisations.post_closed": "结束岗位",
    "organisations.post_opened": "任用岗位",
    "organisations.put_in_charge": "设定分管部门",
    "organisations.seat_appointed": "任命管理员",
    "organisations.seat_vacated": "免去管理员",
    "organisations.signed_in": "登录",
    "organisations.signed_out": "退出",
    "organisations.staff_disabled": "停用人员",
    "organisations.staff_enabled": "恢复人员",
    "organisations.staff_entered": "录入人员",
    "organisations.substitution_added": "安排代理",
    "organisations.substitution_ended": "结束代理",
    "organisations.unlocked": "解锁登录名",
}


def name_of(verb: str) -> str:
    """The verb in Chinese; a right's name for refusals of a page, the code itself as a last resort."""
    return VERBS.get(verb) or _right(verb) or verb


def verbs_named(words: str) -> list[str]:
    """Codes of the verbs whose Chinese name has these words."""
    return [code for code, name in VERBS.items() if words in name]


def _right(code: str) -> str:
    from huiyin.organisations.permissions import verb

    try:
        return verb(code).label
    except KeyError:
        return ""
