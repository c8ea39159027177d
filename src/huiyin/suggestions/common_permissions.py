"""Who opens a common problem, who works it out, who ends it."""

from __future__ import annotations

from typing import Any

from huiyin.matters.permissions import DEPARTMENT, HEADS, LEADERS, OFFICE
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import declare
from huiyin.suggestions.models import CommonProblem


def declare_common_verbs() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    declare("suggestions.list_problems", "查看共性问题", roles=OFFICE | LEADERS | DEPARTMENT)
    declare("suggestions.open_problem", "提出共性问题", roles=OFFICE | LEADERS)
    workers = OFFICE | DEPARTMENT
    declare("suggestions.gather", "归集建议到共性问题", roles=workers, check=_works_on)
    declare("suggestions.discuss_problem", "登记共性问题座谈调研", roles=workers, check=_works_on)
    declare("suggestions.analyse_problem", "分析共性问题", roles=workers, check=_works_on)
    declare("suggestions.institutionalise", "登记形成的制度", roles=workers, check=_works_on)
    declare("suggestions.end_problem", "了结共性问题", roles=OFFICE, check=_works_on)


def _works_on(actor: PostActor, problem: Any) -> bool:
    """The office, the head of the department, the owner."""
    assert isinstance(problem, CommonProblem)
    post = actor.post
    if problem.procuratorate_id != post.procuratorate_id:
        return False
    if post.role_enum in OFFICE or problem.owner_id == post.pk:
        return True
    return post.role_enum in HEADS and problem.department_id == post.department_id
