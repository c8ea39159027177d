"""上级人大代表建议办理情况报送表."""

from __future__ import annotations

from huiyin.gongwen.structure import Form
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Reply
from huiyin.matters.papers.rows import two, wide
from huiyin.matters.parts import lead_parts
from huiyin.matters.rating_state import grade_label, standing
from huiyin.matters.upward import higher_signers, office_above
from huiyin.people.rules import standing as mandate_standing


def upward_report(reply: Reply) -> Form:
    """What the office above is told of a higher deputy's suggestion; the letter itself goes with it."""
    matter = reply.matter
    wording = kind_of(matter).wording(matter)
    signers = higher_signers(reply).select_related("mandate")
    names = "、".join(
        f"{each.name}（{mandate_standing(each.mandate.kind, each.mandate.level, each.mandate.term)}）"
        for each in signers
        if each.mandate is not None
    )
    on = reply.issued_on or matter.received_on
    given = standing(reply).values()
    rated = "；".join(f"{each.participant.name}：{grade_label(matter, each.result, on)}" for each in given)
    parts = "、".join(part.who for part in lead_parts(matter))
    copy = getattr(reply, "upward_copy", None)
    return Form(
        title="上级人大代表建议办理情况报送表",
        organ=matter.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(f"编号：{wording.subject}", f"报送单位：{copy.organ if copy else office_above(matter.procuratorate)}"),
        rows=(
            wide("题　　目", matter.title),
            wide("上级人大代表", names),
            two("交办单位", wording.assigner, "收到日期", matter.received_on),
            two("承办部门", parts, "我院职责", matter.get_handler_role_display()),
            two("答复文号", str(reply.number or ""), "印发日期", reply.issued_on),
            wide("办理结果", reply.get_outcome_display() if reply.outcome else "", height=20),
            wide("代表评价", rated or "还没有评价", height=20),
            two("报送方式", copy.get_mode_display() if copy else "", "报送日期", copy.sent_on if copy else ""),
        ),
        signatures=("报送人：", "办公室负责人："),
        notes=("附：答复函。",),
    )
