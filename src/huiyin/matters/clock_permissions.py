"""Who may ask for more time, allow it, send, answer and tell it; who may let a clock stand still."""

from __future__ import annotations

from typing import Any

from huiyin.matters.extending import extensions_seen_by
from huiyin.matters.models import Extension, Matter
from huiyin.matters.parts import drafts_for
from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE, READERS, may_open
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import EVERY_ROLE, declare
from huiyin.organisations.rules import Role


def declare_clock_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    tellers = DEPARTMENT | OFFICE | {Role.LIAISON_OFFICER}
    declare("matters.ask_extension", "申请延期", roles=DEPARTMENT | {Role.OFFICE_HEAD}, check=_handles)
    declare("matters.view_extension", "查看延期申请", roles=READERS, check=_sees)
    declare("matters.decide_extension", "审批延期", roles=EVERY_ROLE, check=_sees)
    declare("matters.withdraw_extension", "撤回延期申请", roles=DEPARTMENT | OFFICE, check=_takes_back)
    declare("matters.send_extension", "发延期函", roles=OFFICE, check=_sees)
    declare("matters.answer_extension", "记录交办机关对延期的答复", roles=OFFICE, check=_sees)
    declare("matters.tell_proposer", "登记延期告知", roles=tellers, check=_sees)
    declare("matters.suspend_clock", "中止期限", roles=LEADERS, check=may_open)
    declare("matters.resume_clock", "恢复期限", roles=LEADERS | OFFICE, check=may_open)


def _handles(actor: PostActor, matter: Any) -> bool:
    assert isinstance(matter, Matter)
    return drafts_for(actor.post, matter)


def _sees(actor: PostActor, extension: Any) -> bool:
    assert isinstance(extension, Extension)
    return extensions_seen_by(actor.post).filter(pk=extension.pk).exists()


def _takes_back(actor: PostActor, extension: Any) -> bool:
    assert isinstance(extension, Extension)
    if actor.post.role_enum in OFFICE:
        return may_open(actor, extension.matter)
    return drafts_for(actor.post, extension.matter)
