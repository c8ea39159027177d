"""共性问题: which a post sees, which suggestions look as if they belonged to one, who may open the rule's file."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from huiyin.files.models import StoredFile
from huiyin.matters.indexing import KIND, tokens_for
from huiyin.matters.models import Matter
from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE
from huiyin.organisations.models import Post
from huiyin.search import index
from huiyin.suggestions.kind import ACCOUNTED
from huiyin.suggestions.models import CommonProblem, Gathered, ProblemState, RuleDocument

LIKELY_AT_MOST: Final = 20
FOUND_AT_MOST: Final = 100


def problems_open_to(post: Post) -> QuerySet[CommonProblem]:
    """The office and its leadership see all of the office, a department its own, whoever took one over that one."""
    own = CommonProblem.objects.filter(procuratorate_id=post.procuratorate_id)
    if post.role_enum in OFFICE | LEADERS:
        return own
    if post.role_enum in DEPARTMENT and post.department_id is not None:
        return own.filter(Q(department_id=post.department_id) | Q(owner=post))
    return own.none()


def problems_of(post: Post) -> QuerySet[CommonProblem]:
    """Those a post has in hand."""
    return CommonProblem.objects.filter(owner=post, state=ProblemState.OPEN)


def likely(problem: CommonProblem, post: Post) -> list[Matter]:
    """Suggestions in which one of the problem's words stands, and open ones of its category, not gathered yet."""
    seen = Matter.objects.open_to(post).filter(kind__in=ACCOUNTED)
    keys: set[int] = set()
    for word in problem.words.split():
        keys |= set(index.find(KIND, word, tokens_for(post), FOUND_AT_MOST))
    if problem.category:
        same = seen.in_hand().filter(category=problem.category, problem_class="common").order_by("-id")
        keys |= set(same.values_list("pk", flat=True)[:LIKELY_AT_MOST])
    there = Gathered.objects.filter(problem=problem).values("matter")
    return list(seen.filter(pk__in=keys).exclude(pk__in=there).order_by("-id")[:LIKELY_AT_MOST])


def sees_rule(post: Post, file: StoredFile) -> bool:
    """Whoever sees the problem, or may open a suggestion it came of, may open the rule."""
    documents = RuleDocument.objects.filter(file=file)
    if not documents.exists():
        return False
    if problems_open_to(post).filter(documents__in=documents).exists():
        return True
    gathered = Gathered.objects.filter(problem__documents__in=documents).values("matter")
    return Matter.objects.open_to(post).filter(pk__in=gathered).exists()
