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
    "approvals.decided": "审签",
    "approvals.objected": "对代录提出异议",
    "approvals.reopened": "重新审签",
    "approvals.started": "送审",
    "approvals.stopped": "撤回送审",
    "audit.exported": "导出审计记录",
    "audit.opened": "查阅审计记录内容",
    "config.tasks_reaped": "放回中断的后台任务",
    "config.tidied": "清理过期的会话和任务",
    "exchange.account_closed": "关闭外部账号",
    "exchange.account_opened": "开通外部账号",
    "exchange.card_read": "代表查看消息",
    "exchange.code_asked": "索取验证码",
    "exchange.codes_forgotten": "清理过期验证码",
    "exchange.copies_forgotten": "清理无主附件",
    "exchange.front_announced": "更新手机端首页",
    "exchange.signed_in": "代表登录",
    "exchange.slip_handled": "处理回执",
    "exchange.slip_received": "收到回执",
    "files.draft_uploaded": "上传附件草稿",
    "files.drafts_cleared": "清理附件草稿",
    "imports.chosen": "选择导入行",
    "imports.dropped": "放弃导入",
    "imports.finished": "完成导入",
    "imports.flipped": "导入一批",
    "imports.original_matched": "匹配原件",
    "imports.originals_attached": "附上原件",
    "imports.restaged": "重新预览导入",
    "imports.staged": "预览导入",
    "inquiries.answered": "答复案件咨询",
    "inquiries.decided": "审定咨询答复意见",
    "inquiries.interference_decided": "决定是否作干预记录",
    "inquiries.registered": "登记案件咨询",
    "inquiries.sent": "咨询答复意见送审",
    "matters.absence_noted": "记录未能面商",
    "matters.act_recorded": "记录沟通办理",
    "matters.adjustment_asked": "申请调整承办部门",
    "matters.adjustment_decided": "决定调整申请",
    "matters.adjustment_noted": "对调整申请提出意见",
    "matters.assigned": "批准交办",
    "matters.attached": "补充材料",
    "matters.closed": "办结",
    "matters.steps_set": "标记办理步骤",
    "matters.commitment_kept": "承诺事项完成",
    "matters.deadline_moved": "期限变动",
    "matters.draft_solicited": "送征求意见稿",
    "matters.exported": "导出登记簿",
    "matters.filed": "归档",
    "matters.handler_changed": "更换承办人",
    "matters.items_set": "分列办理事项",
    "matters.letter_begun": "起草文稿",
    "matters.letter_decided": "审签文稿",
    "matters.letter_delivered": "送达",
    "matters.letter_issued": "印发",
    "matters.letter_numbered": "登记取号",
    "matters.letter_proofread": "复核",
    "matters.letter_recalled": "撤回送审",
    "matters.letter_rendered": "生成文稿文件",
    "matters.letter_saved": "保存文稿",
    "matters.letter_sealed": "用印",
    "matters.letter_sent_back": "退回签发人",
    "matters.letter_submitted": "送审",
    "matters.letter_uploaded": "上传文稿",
    "matters.letter_uploaded_outside": "录入人大系统",
    "matters.opinion_given": "收到会办意见",
    "matters.opinion_left_out": "意见未收到，经同意不等",
    "matters.opinions_cited": "注明会办意见所在段落",
    "matters.rating_called": "回访电话",
    "matters.rating_recorded": "登记评价",
    "matters.redo_started": "重新办理",
    "matters.reminded": "发送期限提醒",
    "matters.signed_for": "签收",
    "matters.site_rating_taken": "收到手机评价",
    "matters.solicitation_answered": "征求意见稿答复",
    "matters.urged": "催办",
    "messaging.bound": "绑定接收账号",
    "messaging.drained": "发送消息",
    "messaging.released": "收回待发消息",
    "messaging.unbound": "解除绑定",
    "numbering.voided": "文号作废",
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
    "people.contact_point_erased": "删除联系方式",
    "people.contact_point_set": "登记联系方式",
    "people.contact_revealed": "查看联系方式",
    "people.exported": "导出名册",
    "people.found_by_phone": "按手机号查找",
    "people.mandate_added": "登记任职",
    "people.mandate_changed": "更正任职",
    "people.mandate_ended": "结束任职",
    "people.officer_assigned": "指定联络员",
    "people.person_changed": "更正人员",
    "people.person_entered": "录入代表",
    "regulations.book_loaded": "装入制度",
    "regulations.calendar_seeded": "装入历年节假日",
    "regulations.recomputed": "重算期限",
    "regulations.shipped_loaded": "装入随附制度",
    "regulations.stack_set": "设定制度顺序",
    "regulations.version_refused": "不批准制度版本",
    "regulations.year_loaded": "装入节假日安排",
    "suggestions.classified": "分类",
    "suggestions.corrected": "更正登记内容",
    "suggestions.proposal_decided": "批示拟办单",
    "suggestions.proposal_drafted": "新建拟办单",
    "suggestions.proposal_dropped": "作废拟办单",
    "suggestions.proposal_filled": "填写拟办单",
    "suggestions.proposal_recalled": "撤回拟办单",
    "suggestions.proposal_sent": "拟办单送批",
    "suggestions.registered": "登记",
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
