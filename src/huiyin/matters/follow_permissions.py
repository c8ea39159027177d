"""Who may press a department, or a lower office, and who answers for what was promised: 督办单."""

from __future__ import annotations

from typing import Any, Final

from huiyin.matters.models import Matter, Measure, SuperiorOrder, Supervision, Undertaking
from huiyin.matters.permissions import DEPARTMENT, HEADS, LEADERS, OFFICE, may_open
from huiyin.matters.superior import ABOVE, matters_below, opened_by_order, orders_open_to
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

ORDERERS: Final = LEADERS | {Role.OFFICE_HEAD}
READERS: Final = OFFICE | LEADERS | DEPARTMENT


def declare_follow_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    _declare_supervisions()
    _declare_superior()
    _declare_revisits()
    _declare_measures()
    _declare_promises()


def _declare_supervisions() -> None:
    declare("matters.list_supervisions", "查看督办单", roles=READERS)
    declare("matters.propose_supervision", "提出督办", roles=OFFICE | LEADERS, check=may_open)
    declare("matters.order_supervision", "签发督办单", roles=ORDERERS, check=_of_own_office)
    declare("matters.withdraw_supervision", "撤销督办单", roles=OFFICE, check=_of_own_office)
    declare("matters.acknowledge_supervision", "签收督办单", roles=HEADS, check=_of_own_department)
    declare("matters.report_supervision", "回报督办结果", roles=HEADS | {Role.HANDLER}, check=_reports)
    declare("matters.judge_supervision", "审核督办回报", roles=OFFICE, check=_of_own_office)


def _declare_superior() -> None:
    declare("matters.list_superior", "查看上级院交办督办", roles=READERS)
    declare("matters.give_superior", "交办督办下级院的事项", roles=ABOVE, check=_below)
    declare("matters.open_superior", "打开交办督办的事项", roles=ABOVE, check=_opened_by_own_order)
    declare("matters.end_superior", "结束交办督办", roles=ABOVE, check=_given_by_own_office)
    declare("matters.report_superior", "向上级院反馈", roles=OFFICE, check=_given_to_own_office)


def _declare_revisits() -> None:
    callers = DEPARTMENT | OFFICE | {Role.LIAISON_OFFICER}
    declare("matters.list_revisits", "查看回访", roles=callers | LEADERS)
    declare("matters.record_revisit", "登记回访", roles=callers | LEADERS, check=may_open)
    declare("matters.plan_revisit", "安排回访", roles=OFFICE | DEPARTMENT, check=may_open)
    declare("matters.drop_revisit", "登记不再回访", roles=OFFICE | HEADS, check=may_open)


def _declare_measures() -> None:
    declare("matters.list_measures", "查看改进措施", roles=READERS)
    declare("matters.open_measure", "登记改进措施", roles=READERS | {Role.LIAISON_OFFICER}, check=may_open)
    declare("matters.note_measure", "记录改进措施进展", roles=OFFICE | DEPARTMENT, check=_carries_out)
    declare("matters.end_measure", "登记改进措施落实情况", roles=OFFICE | DEPARTMENT, check=_carries_out)


def _declare_promises() -> None:
    declare("matters.list_commitments", "查看承诺台账", roles=READERS | {Role.LIAISON_OFFICER})
    declare("matters.set_milestones", "设定承诺节点", roles=OFFICE | DEPARTMENT, check=may_open)
    declare("matters.miss_commitment", "登记承诺未兑现", roles=OFFICE | DEPARTMENT, check=may_open)


def _carries_out(actor: PostActor, measure: Any) -> bool:
    """The office, the department's head, or who answers for it."""
    assert isinstance(measure, Measure)
    if actor.post.role_enum in OFFICE:
        return measure.procuratorate_id == actor.post.procuratorate_id
    own = measure.department_id == actor.post.department_id
    return measure.owner_id == actor.post.pk or (own and actor.post.role_enum in HEADS)


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


def _below(actor: PostActor, matter: Any) -> bool:
    assert isinstance(matter, Matter)
    return matters_below(actor.post).filter(pk=matter.pk).exists()


def _opened_by_own_order(actor: PostActor, order: Any) -> bool:
    own = _given_by_own_office(actor, order) and order.is_running
    return own and opened_by_order(actor.post).filter(pk=order.matter_id).exists()


def _given_by_own_office(actor: PostActor, order: Any) -> bool:
    assert isinstance(order, SuperiorOrder)
    own = order.procuratorate_id == actor.post.procuratorate_id
    return own and orders_open_to(actor.post).filter(pk=order.pk).exists()


def _given_to_own_office(actor: PostActor, order: Any) -> bool:
    assert isinstance(order, SuperiorOrder)
    return may_open(actor, order.matter)
