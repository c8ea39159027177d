"""Who reads the figures, who writes the report, who issues it."""

from __future__ import annotations

from typing import Any, Final

from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role
from huiyin.statistics.models import Report

OFFICE: Final = {Role.LIAISON_OFFICE, Role.OFFICE_HEAD}
LEADERS: Final = {Role.CHIEF, Role.DEPUTY_CHIEF}


def declare_verbs() -> None:
    """Called once, from StatisticsConfig.ready()."""
    declare("statistics.view", "查看统计", roles=OFFICE | LEADERS)
    declare("statistics.export", "导出统计表", roles=OFFICE)
    declare("statistics.list_reports", "查看办理报告", roles=OFFICE | LEADERS, check=_of_own_office)
    declare("statistics.draft_report", "起草办理报告", roles=OFFICE, check=_of_own_office)
    declare("statistics.issue_report", "印发办理报告", roles={Role.OFFICE_HEAD}, check=_of_own_office)


def _of_own_office(actor: PostActor, report: Any) -> bool:
    assert isinstance(report, Report)
    return report.procuratorate_id == actor.post.procuratorate_id
