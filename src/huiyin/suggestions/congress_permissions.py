"""Who drafts, signs, numbers and sends a report to the standing committee."""

from __future__ import annotations

from typing import Any, Final

from huiyin.matters.permissions import LEADERS, OFFICE
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role
from huiyin.suggestions.models import CongressReport

READERS: Final = OFFICE | LEADERS | {Role.SECRECY_REVIEWER, Role.REGISTRY}


def declare_congress_verbs() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    declare("suggestions.list_congress_reports", "查看向常委会的报告", roles=READERS, check=_of_own_office)
    declare("suggestions.draft_congress_report", "起草向常委会的报告", roles=OFFICE, check=_of_own_office)
    signers = OFFICE | {Role.SECRECY_REVIEWER} | LEADERS  # the office takes down what was signed on paper
    declare("suggestions.decide_congress_report", "审签向常委会的报告", roles=signers, check=_of_own_office)
    declare("suggestions.number_congress_report", "给向常委会的报告取号", roles={Role.REGISTRY}, check=_of_own_office)
    declare("suggestions.send_congress_report", "登记向常委会报告的报送", roles=OFFICE, check=_of_own_office)


def _of_own_office(actor: PostActor, report: Any) -> bool:
    assert isinstance(report, CongressReport)
    return report.procuratorate_id == actor.post.procuratorate_id
