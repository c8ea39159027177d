"""共性问题: which a post sees, which suggestions look as if they belonged to one, who may open the rule's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.files.models import StoredFile
from huiyin.kernel.text import bigrams
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


@dataclass(frozen=True)
class Likely:
    """What may belong to a problem, nearest first. more: how many beyond these; uncounted: and then some."""

    matters: tuple[Matter, ...] = ()
    more: int = 0
    uncounted: bool = False

    def __bool__(self) -> bool:
        return bool(self.matters)

    @property
    def rest(self) -> str:
        """How many are not shown, in words; empty where all are."""
        if not self.more and not self.uncounted:
            return ""
        shown = f"按相近程度列出前{len(self.matters)}件"
        return f"{shown}，此外还有{self.more}件{'以上' if self.uncounted else ''}。"


def gatherable(problem: CommonProblem, post: Post) -> QuerySet[Matter]:
    """Suggestions and proposals the post may open that the problem does not hold yet."""
    there = Gathered.objects.filter(problem=problem).values("matter")
    return Matter.objects.open_to(post).filter(kind__in=ACCOUNTED).exclude(pk__in=there)


def likely(problem: CommonProblem, post: Post, asked: str = "") -> Likely:
    """A page of what looks as if it belonged, nearest first: its words, the rarer the more, its category, its title.

    asked: words that each must hold, looked for instead of the problem's own."""
    tokens = tokens_for(post)
    words = [asked] if asked else problem.words.split()
    held = {word: set(index.find(KIND, word, tokens, FOUND_AT_MOST)) for word in words}
    common = {word for word, found in held.items() if len(found) >= FOUND_AT_MOST}
    if len(words) > 1:  # what holds them all is found however common each of them is
        whole = set(index.find(KIND, problem.words, tokens, FOUND_AT_MOST))
        held = {word: keys | whole for word, keys in held.items()}
    keys = set[int]().union(*held.values())
    if problem.category and not asked:
        open_ones = Matter.objects.open_to(post).in_hand()
        there = Gathered.objects.filter(problem=problem).values("matter")
        same = open_ones.filter(category=problem.category, problem_class="common").exclude(pk__in=there)
        keys |= set(same.order_by("-id").values_list("pk", flat=True)[:LIKELY_AT_MOST])
    near = set(bigrams(problem.title))
    rows = gatherable(problem, post).filter(pk__in=keys).defer("body")

    def nearness(matter: Matter) -> tuple[int, int, bool, int, int]:
        weight = sum(1 if word in common else len(words) + 1 for word, found in held.items() if matter.pk in found)
        in_title = sum(word in matter.title for word in words)
        alike = len(near & set(bigrams(matter.title)))
        return weight, in_title, bool(problem.category) and matter.category == problem.category, alike, matter.pk

    ranked = sorted(rows, key=nearness, reverse=True)
    shown = tuple(ranked[:LIKELY_AT_MOST])
    return Likely(shown, more=len(ranked) - len(shown), uncounted=bool(common))


def sees_rule(post: Post, file: StoredFile) -> bool:
    """Whoever sees the problem, or may open a suggestion it came of, may open the rule."""
    documents = RuleDocument.objects.filter(file=file)
    if not documents.exists():
        return False
    if problems_open_to(post).filter(documents__in=documents).exists():
        return True
    gathered = Gathered.objects.filter(problem__documents__in=documents).values("matter")
    return Matter.objects.open_to(post).filter(pk__in=gathered).exists()
