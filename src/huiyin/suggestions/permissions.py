"""Who may register, classify, propose and decide; who may touch a case inquiry."""

from __future__ import annotations

from typing import Any, Final

from huiyin.matters.models import Matter
from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE, may_open
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import CaseInquiry, NotOurs, Proposal
from huiyin.suggestions.queries import inquiries_open_to

OFFICERS: Final = OFFICE | {Role.LIAISON_OFFICER}


def declare_verbs() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    declare("suggestions.register", "登记建议", roles=OFFICE)
    declare("suggestions.import", "导入建议清单", roles=OFFICE)
    declare("suggestions.correct", "更正登记内容", roles=OFFICE, check=may_open)
    declare("suggestions.classify", "分类", roles=OFFICE, check=may_open)
    declare("suggestions.merge", "并案办理", roles=OFFICE, check=may_open)
    declare("suggestions.unmerge", "分开办理", roles=OFFICE, check=may_open)
    declare("suggestions.propose", "拟办", roles=OFFICE, check=_of_own_office)
    declare("suggestions.view_proposal", "查看拟办单", roles=OFFICE | LEADERS, check=_of_own_office)
    declare("suggestions.decide_proposal", "批示拟办单", roles=OFFICE | LEADERS, check=_of_own_office)
    readers = OFFICERS | LEADERS | {Role.INSPECTOR}
    declare("suggestions.propose_return", "提出不属本院职责", roles={Role.OFFICE_HEAD}, check=may_open)
    declare("suggestions.view_return", "查看退回交办机关", roles=OFFICE | LEADERS, check=_sees_return)
    declare("suggestions.decide_return", "决定是否退回", roles=LEADERS, check=_sees_return)
    declare("suggestions.send_return", "发退回函", roles=OFFICE, check=_sees_return)
    declare("suggestions.answer_return", "记录交办机关对退回的答复", roles=OFFICE, check=_sees_return)
    declare("suggestions.withdraw_return", "撤回退回", roles=OFFICE, check=_sees_return)
    declare("suggestions.view_withdrawal", "查看撤回", roles=readers | DEPARTMENT, check=may_open)
    declare("suggestions.record_withdrawal", "登记书面撤回", roles=OFFICERS, check=may_open)
    declare("suggestions.end_withdrawal", "按撤回终止办理", roles=OFFICE, check=may_open)
    declare("inquiries.list", "查看案件咨询", roles=readers)
    declare("inquiries.open", "查看案件咨询的内容", roles=readers, check=_sees_inquiry)
    declare("inquiries.register", "登记案件咨询", roles=OFFICERS)
    proposers = {Role.LIAISON_OFFICE, Role.LIAISON_OFFICER} | DEPARTMENT
    declare("inquiries.propose_conversion", "提出转案件咨询", roles=proposers, check=may_open)
    declare("inquiries.decide_conversion", "决定是否转案件咨询", roles={Role.OFFICE_HEAD}, check=may_open)
    declare("inquiries.draft", "起草咨询答复意见", roles=OFFICERS, check=_sees_inquiry)
    declare("inquiries.decide", "审定咨询答复意见", roles=LEADERS, check=_sees_inquiry)
    declare("inquiries.answer", "答复案件咨询", roles=OFFICE, check=_sees_inquiry)
    declare("inquiries.decide_interference", "决定是否作干预记录", roles={Role.INSPECTOR}, check=_sees_inquiry)


def _of_own_office(actor: PostActor, target: Any) -> bool:
    assert isinstance(target, Proposal | Matter)
    return target.procuratorate_id == actor.post.procuratorate_id


def _sees_return(actor: PostActor, target: Any) -> bool:
    assert isinstance(target, NotOurs)
    return target.matter.procuratorate_id == actor.post.procuratorate_id


def _sees_inquiry(actor: PostActor, target: Any) -> bool:
    assert isinstance(target, CaseInquiry)
    return inquiries_open_to(actor.post).filter(pk=target.pk).exists()
