"""Who keeps the systems outside and says what was entered there."""

from __future__ import annotations

from typing import Any

from huiyin.matters.models import OutsideSystem
from huiyin.matters.permissions import OFFICE, may_open
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare


def declare_entering_verbs() -> None:
    """Called once, from MattersConfig.ready()."""
    declare("matters.list_systems", "查看外系统", roles=OFFICE)
    declare("matters.enter_system", "录入外系统", roles=OFFICE)
    declare("matters.change_system", "修改、停用外系统", roles=OFFICE, check=_of_own_office)
    declare("matters.list_entries", "查看外系统录入核对表", roles=OFFICE)
    declare("matters.mark_entered", "登记已录入外系统", roles=OFFICE)
    declare("matters.add_reference", "登记外系统编号", roles=OFFICE, check=may_open)
    declare("matters.reopen_entry", "撤销外系统录入登记", roles=OFFICE, check=may_open)
    declare("matters.import_receipts", "导入外系统清单", roles=OFFICE)


def _of_own_office(actor: PostActor, system: Any) -> bool:
    assert isinstance(system, OutsideSystem)
    return system.procuratorate_id == actor.post.procuratorate_id
