"""Who may do what to a matter; rows above the second half of the road are declared beside it."""

from __future__ import annotations

from typing import Any, Final

from huiyin.matters.models import Adjustment, Matter, Reassignment, Undertaking
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

OFFICE: Final = {Role.LIAISON_OFFICE, Role.OFFICE_HEAD}
LEADERS: Final = {Role.CHIEF, Role.DEPUTY_CHIEF}
HEADS: Final = {Role.DEPARTMENT_HEAD, Role.OFFICE_HEAD}
DEPARTMENT: Final = {Role.DEPARTMENT_HEAD, Role.HANDLER}
READERS: Final = OFFICE | LEADERS | DEPARTMENT | {Role.LIAISON_OFFICER, Role.REGISTRY, Role.SECRECY_REVIEWER}


def declare_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    declare("matters.list", "查看登记簿", roles=READERS)
    declare("matters.view", "查看事项", roles=READERS, check=may_open)
    declare("matters.export", "导出登记簿", roles=OFFICE)
    declare("matters.attach", "补充材料", roles=OFFICE | DEPARTMENT | {Role.LIAISON_OFFICER}, check=may_open)
    declare("matters.relate", "登记前后衔接", roles=OFFICE | DEPARTMENT, check=may_open)
    declare("matters.raise_to_key", "列为重点", roles=OFFICE | LEADERS, check=may_open)
    declare("matters.lower_from_key", "不再列为重点", roles=OFFICE | LEADERS, check=may_open)
    declare("matters.set_urgency", "加急或者不再加急", roles=OFFICE | LEADERS, check=may_open)
    declare("matters.set_steps", "标记办理步骤", roles=OFFICE | DEPARTMENT, check=may_open)
    declare("matters.list_undertakings", "查看交办事项", roles=OFFICE | LEADERS | DEPARTMENT)
    declare("matters.view_undertaking", "查看交办事项的签收与调整", roles=OFFICE | LEADERS | DEPARTMENT)
    declare("matters.sign_for", "签收交办", roles=HEADS, check=_own_department)
    declare("matters.change_handler", "更换承办人", roles=HEADS, check=_own_department)
    declare("matters.ask_adjustment", "申请调整承办部门", roles=HEADS, check=_own_department)
    declare("matters.note_adjustment", "对调整申请提出意见", roles=OFFICE, check=_adjustment_of_own_office)
    declare("matters.decide_adjustment", "决定调整申请", roles=LEADERS, check=_adjustment_of_own_office)
    declare("matters.propose_reassignment", "提出改派", roles=OFFICE | LEADERS, check=_part_of_own_office)
    declare("matters.decide_reassignment", "决定改派", roles=LEADERS, check=_reassigned_in_own_office)


def may_open(actor: PostActor, matter: Any) -> bool:
    """Whether the actor's post sees everything of this matter."""
    assert isinstance(matter, Matter)
    return Matter.objects.open_to(actor.post).filter(pk=matter.pk).exists()


def _own_department(actor: PostActor, undertaking: Any) -> bool:
    assert isinstance(undertaking, Undertaking)
    return undertaking.department_id is not None and undertaking.department_id == actor.post.department_id


def _adjustment_of_own_office(actor: PostActor, adjustment: Any) -> bool:
    assert isinstance(adjustment, Adjustment)
    return adjustment.undertaking.matter.procuratorate_id == actor.post.procuratorate_id


def _part_of_own_office(actor: PostActor, undertaking: Any) -> bool:
    assert isinstance(undertaking, Undertaking)
    return may_open(actor, undertaking.matter)


def _reassigned_in_own_office(actor: PostActor, proposed: Any) -> bool:
    assert isinstance(proposed, Reassignment)
    return proposed.undertaking.matter.procuratorate_id == actor.post.procuratorate_id
