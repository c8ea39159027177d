"""Who may press a department, and who answers for what was promised: 督办单."""

from __future__ import annotations

from typing import Any, Final

from huiyin.matters.models import Supervision, Undertaking
from huiyin.matters.permissions import DEPARTMENT, HEADS, LEADERS, OFFICE, may_open
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

ORDERERS: Final = LEADERS | {Role.OFFICE_HEAD}
READERS: Final = OFFICE | LEADERS | DEPARTMENT


def declare_follow_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    _declare_supervisions()


def _declare_supervisions() -> None:
    declare("matters.list_supervisions", "查看督办单", roles=READERS)
    declare("matters.propose_supervision", "提出督办", roles=OFFICE | LEADERS, check=may_open)
    declare("matters.order_supervision", "签发督办单", roles=ORDERERS, check=_of_own_office)
    declare("matters.withdraw_supervision", "撤销督办单", roles=OFFICE, check=_of_own_office)
    declare("matters.acknowledge_supervision", "签收督办单", roles=HEADS, check=_of_own_department)
    declare("matters.report_supervision", "回报督办结果", roles=HEADS | {Role.HANDLER}, check=_reports)
    declare("matters.judge_supervision", "审核督办回报", roles=OFFICE, check=_of_own_office)


def _of_own_office(actor: PostActor, supervision: Any) -> bool:
    assert isinstance(supervision, Supervision)
    return supervision.procuratorate_id == actor.post.procuratorate_id


def _of_own_department(actor: PostActor, supervision: Any) -> bool:
    assert isinstance(supervision, Supervision)
    return actor.post.department_id is not None and supervision.department_id == actor.post.department_id


def _reports(actor: PostActor, supervision: Any) -> bool:
    """The head, or who handles one of its matters."""
    if not _of_own_department(actor, supervision):
        return False
    if actor.post.role_enum in HEADS:
        return True
    mine = Undertaking.objects.filter(matter__supervisions=supervision, handler=actor.post)
    return mine.exclude(status="moved").exists()
