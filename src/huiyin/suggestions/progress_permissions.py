"""Who lays out, writes, urges, signs off and takes away a 办理进度表."""

from __future__ import annotations

from typing import Any

from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import ProgressTable
from huiyin.suggestions.progress_queries import tables_open_to


def declare_progress_verbs() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    readers = OFFICE | LEADERS | DEPARTMENT
    declare("suggestions.list_progress", "查看办理进度表", roles=readers)
    declare("suggestions.view_progress", "查看一张办理进度表", roles=readers, check=_sees)
    declare("suggestions.open_progress", "布置办理进度表", roles=OFFICE)
    declare("suggestions.write_progress", "填写办理进度", roles=OFFICE | DEPARTMENT, check=_sees)
    declare("suggestions.urge_progress", "催填办理进度", roles=OFFICE, check=_sees)
    declare("suggestions.sign_off_progress", "审定办理进度表", roles={Role.OFFICE_HEAD}, check=_sees)
    declare("suggestions.export_progress", "导出办理进度表", roles=OFFICE, check=_sees)


def _sees(actor: PostActor, table: Any) -> bool:
    assert isinstance(table, ProgressTable)
    return tables_open_to(actor.post).filter(pk=table.pk).exists()
