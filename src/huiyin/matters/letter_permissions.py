"""Who may draft, sign, number, seal, issue and deliver letters, record contacts and ratings, close and file."""

from __future__ import annotations

from typing import Any, Final

from huiyin.matters.models import Matter, Reply, Undertaking
from huiyin.matters.parts import drafts_for, parts_of
from huiyin.matters.permissions import DEPARTMENT, HEADS, LEADERS, OFFICE, READERS, may_open
from huiyin.matters.rules import ReplyStatus
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import EVERY_ROLE, declare
from huiyin.organisations.rules import Role

DRAFTERS: Final = DEPARTMENT | OFFICE


def declare_letter_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    _declare_handling()
    _declare_letters()
    _declare_endings()


def _declare_handling() -> None:
    contact = DRAFTERS | LEADERS | {Role.LIAISON_OFFICER}
    declare("matters.set_items", "分列办理事项", roles=DRAFTERS, check=drafts)
    declare("matters.record_act", "记录沟通", roles=contact, check=may_open)
    declare("matters.note_absence", "说明未能沟通的情况", roles={Role.OFFICE_HEAD}, check=may_open)
    declare("matters.urge", "催办协办单位", roles=DRAFTERS, check=drafts)
    declare("matters.give_opinion", "反馈协办意见", roles=DRAFTERS, check=_gives)
    declare("matters.leave_out_opinion", "同意不再等候协办意见", roles=LEADERS, check=may_open)
    declare("matters.solicit", "送征求意见稿", roles=DRAFTERS | {Role.LIAISON_OFFICER}, check=may_open)


def _declare_letters() -> None:
    declare("matters.draft_letter", "起草答复", roles=DRAFTERS, check=drafts)
    declare("matters.view_letter", "查看文稿", roles=READERS, check=may_open)
    declare("matters.sign_letter", "审签文稿", roles=EVERY_ROLE, check=may_open)
    declare("matters.recall_letter", "撤回送审的文稿", roles=DRAFTERS, check=drafts)
    declare("matters.send_back_letter", "退回签发人重签", roles=OFFICE | {Role.REGISTRY}, check=may_open)
    declare("matters.proofread_letter", "复核文稿", roles=OFFICE, check=may_open)
    declare("matters.number_letter", "登记取号", roles={Role.REGISTRY}, check=may_open)
    declare("matters.void_number", "作废取错的文号", roles=OFFICE | {Role.REGISTRY}, check=may_open)
    declare("matters.void_letter", "作废文稿", roles=DRAFTERS | {Role.REGISTRY}, check=_voids)
    declare("matters.seal_letter", "用印", roles={Role.REGISTRY}, check=may_open)
    declare("matters.issue_letter", "印发", roles={Role.LIAISON_OFFICE}, check=may_open)
    declare("matters.deliver_letter", "登记送达", roles=OFFICE | {Role.LIAISON_OFFICER}, check=may_open)
    declare("matters.mark_uploaded", "登记录入人大系统", roles=OFFICE, check=may_open)
    declare("matters.print", "打印办理文书", roles=READERS, check=may_open)


def _declare_endings() -> None:
    declare("matters.record_rating", "登记评价", roles=OFFICE | {Role.LIAISON_OFFICER}, check=_rates_not_himself)
    declare("matters.call_back", "登记电话回访", roles=HEADS, check=may_open)
    declare("matters.redo", "启动重新办理", roles=OFFICE, check=may_open)
    declare("matters.close", "办结", roles=OFFICE, check=may_open)
    declare("matters.file", "归档", roles=OFFICE | {Role.REGISTRY}, check=may_open)
    declare("matters.bind", "装订案卷", roles=OFFICE | {Role.REGISTRY}, check=may_open)
    declare("matters.open_poll", "开放全体代表评议", roles=OFFICE, check=may_open)
    declare("matters.take_ballots", "代录纸质评议票", roles=OFFICE, check=may_open)
    declare("matters.remind_poll", "提醒没有评议的代表", roles=OFFICE, check=may_open)
    declare("matters.close_poll", "结束全体代表评议", roles=OFFICE, check=may_open)
    declare("matters.view_poll", "查看全体代表评议", roles=READERS, check=may_open)
    declare("matters.send_upward", "登记报送上级院", roles=OFFICE, check=may_open)
    declare("matters.keep_commitment", "登记承诺事项进展", roles=DRAFTERS, check=may_open)


def drafts(actor: PostActor, matter: Any) -> bool:
    """Whether the actor's post writes the letters of this matter."""
    assert isinstance(matter, Matter)
    if actor.post.role_enum in OFFICE:
        return may_open(actor, matter)
    return drafts_for(actor.post, matter)


def _voids(actor: PostActor, reply: Any) -> bool:
    """A draft whoever drafts it; a signed letter the office and the registry."""
    assert isinstance(reply, Reply)
    if reply.status == ReplyStatus.DRAFT:
        return drafts(actor, reply.matter)
    return actor.post.role_enum in OFFICE | {Role.REGISTRY} and may_open(actor, reply.matter)


def _gives(actor: PostActor, undertaking: Any) -> bool:
    assert isinstance(undertaking, Undertaking)
    if undertaking.department_id is None:
        return drafts(actor, undertaking.matter)
    own = undertaking.department_id == actor.post.department_id
    return own and (actor.post.role_enum in HEADS or undertaking.handler_id == actor.post.pk)


def _rates_not_himself(actor: PostActor, reply: Any) -> bool:
    """Nobody who handled the matter or wrote the letter enters what the deputy thought of it (practice 16)."""
    assert isinstance(reply, Reply)
    handled = {part.handler.staff_id for part in parts_of(reply.matter) if part.handler}
    wrote = set(reply.versions.exclude(kind="proof").values_list("author__staff_id", flat=True))
    return actor.post.staff_id not in handled | wrote and may_open(actor, reply.matter)
