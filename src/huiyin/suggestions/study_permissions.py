"""Who notes and who reads the leadership's yearly meeting on suggestions."""

from __future__ import annotations

from typing import Any

from huiyin.matters.permissions import LEADERS, OFFICE
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.suggestions.models import LeadershipStudy


def declare_study_verbs() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    declare("suggestions.list_studies", "查看专题研究", roles=OFFICE | LEADERS)
    declare("suggestions.record_study", "登记专题研究", roles=OFFICE)
    declare("suggestions.correct_study", "更正专题研究", roles=OFFICE, check=_of_own_office)


def _of_own_office(actor: PostActor, study: Any) -> bool:
    assert isinstance(study, LeadershipStudy)
    return study.procuratorate_id == actor.post.procuratorate_id
