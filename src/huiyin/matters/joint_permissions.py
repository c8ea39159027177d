"""Who records what organs outside send, asks them for opinions, and handles a matter jointly with them."""

from __future__ import annotations

from huiyin.matters.letter_permissions import DRAFTERS, drafts
from huiyin.matters.permissions import LEADERS, OFFICE, may_open
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role


def declare_joint_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    declare("matters.await_replies", "查看待收主办单位答复", roles=OFFICE)
    declare("matters.record_outside_reply", "登记外单位答复", roles=OFFICE, check=may_open)
    declare("matters.ask_opinion", "起草协办征求意见函", roles=DRAFTERS, check=drafts)
    declare("matters.view_opinion_request", "查看协办征求意见函", roles=DRAFTERS | LEADERS, check=may_open)
    declare("matters.send_opinion_request", "签发协办征求意见函", roles={Role.OFFICE_HEAD} | LEADERS, check=may_open)
    declare("matters.drop_opinion_request", "撤回协办征求意见函", roles=DRAFTERS, check=drafts)
    declare("matters.join", "确定联合办理", roles=OFFICE, check=may_open)
    declare("matters.countersign", "登记会签", roles=DRAFTERS, check=drafts)
