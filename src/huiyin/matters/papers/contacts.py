"""面商记录 and 承办通知单."""

from __future__ import annotations

from django.utils.timezone import localtime

from huiyin.gongwen.structure import Form
from huiyin.kernel.numerals import document_date
from huiyin.kernel.text import clip
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Act, Solicitation, Undertaking
from huiyin.matters.operations.undertakings import department_due
from huiyin.matters.papers.rows import two, wide
from huiyin.matters.queries import running_parts
from huiyin.matters.rules import HandlerRole


def consult_record(act: Act) -> Form:
    """One talk, or why there was none (domain 8.2, ConsultRecord)."""
    matter = act.matter
    wording = kind_of(matter).wording(matter)
    organ = act.undertaking.who if act.undertaking and act.undertaking.organ_id else ""
    who = act.participant or matter.participants.order_by("position").first()
    stage = act.get_stage_display() if act.stage else ""
    held = (
        wide(f"{wording.proposer}意见", act.deputy_words, height=46),
        wide("我方说明", act.our_words, height=46),
        wide("达成事项", act.agreed, height=34),
        wide(f"{wording.proposer}\n签署意见", "", height=30),
    )
    not_held = (
        wide("未进行的原因", act.reason_not_held, height=46),
        wide("办公室负责人\n说明", act.head_note, height=46),
    )
    return Form(
        title=("联　合　" if organ else "") + ("面　商　记　录" if act.is_meeting else "沟　通　记　录"),
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"编号：{matter.number}", f"阶段：{stage or '—'}"),
        rows=(
            wide("题　　目", f"{wording.subject}　{matter.title}"),
            two(wording.proposer, who.name if who else "", "方　　式", act.get_mode_display()),
            two("时　　间", act.happened_on, "地　　点", act.place),
            wide("参加人员", act.attendees),
            *([wide("联合单位\n参加人员", f"{organ}：{act.organ_attendees}")] if organ else []),
            *(held if act.held else not_held),
        ),
        signatures=(f"{wording.proposer}签名：", f"记录人：{act.recorded_by.staff.name}", "日期：　　年　　月　　日"),
    )


def solicitation_record(given: Solicitation) -> Form:
    """To whom a draft was given for comment, what was said of it, and what became of it (practice 14)."""
    version = given.reply_version
    matter = version.reply.matter
    wording = kind_of(matter).wording(matter)
    return Form(
        title="征求意见稿办理记录",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"编号：{matter.number}", f"征求意见稿：第{version.number}稿"),
        rows=(
            wide("题　　目", f"{wording.subject}　{matter.title}"),
            two("征求意见对象", given.participant.name, "送出方式", given.get_mode_display()),
            two("送出日期", given.given_on, "送出人", given.given_by.staff.name),
            two("约定答复日期", given.answer_by_on, "答复日期", given.answered_on or ""),
            wide("答　　复", given.get_answer_display() if given.answer else "还没有答复"),
            wide("修改意见", given.words, height=60),
            wide("未作修改\n的理由", given.unchanged_reason, height=34),
        ),
        signatures=(f"写明理由人：{given.unchanged_by.staff.name}",) if given.unchanged_by else (),
    )


def undertaking_notice(undertaking: Undertaking) -> Form:
    """What a department is asked to do, by when, and its receipt."""
    matter = undertaking.matter
    wording = kind_of(matter).wording(matter)
    due = department_due(undertaking)
    leader = matter.leader.label if matter.leader else ""
    brought_by = "、".join(each.name for each in matter.participants.order_by("position"))
    beside = running_parts(matter).exclude(pk=undertaking.pk).select_related("department", "organ").order_by("id")
    others = "、".join(f"{each.who}（{each.get_role_display()}）" for each in beside)
    asked = f"办理前、办理中、办理后与{wording.proposer}沟通，按期办出答复稿，逐项回应。"
    if undertaking.role == HandlerRole.ASSIST:
        asked = f"就本部门职责提出协办意见，按期送主办部门，不另行答复{wording.proposer}。"
    signed, handler = undertaking.signed_for_by, undertaking.handler
    return Form(
        title="承　办　通　知　单",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"编号：{matter.number}", f"分送日期：{document_date(localtime(undertaking.assigned_at).date())}"),
        rows=(
            two("来文编号", wording.subject, "来文单位", wording.assigner),
            wide("题　　目", matter.title),
            wide(wording.proposer, brought_by),
            two("承办单位", undertaking.who, "承办角色", undertaking.get_role_display()),
            two("领衔院领导", leader, "部门办理期限", due or "—"),
            wide("内容摘要", clip(matter.body, 600), height=60),
            *([wide("其他承办单位", others)] if others else []),
            wide("办理要求", asked, height=24),
            two(
                "签收人",
                signed.staff.name if signed else "",
                "签收时间",
                localtime(undertaking.signed_for_at).date() if undertaking.signed_for_at else "",
            ),
            two("承办人", handler.staff.name if handler else "", "联系电话", handler.office_phone if handler else ""),
        ),
    )
