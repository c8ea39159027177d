"""May a matter be given more time, by which rule, and until when at most: asked by the form, the page and the acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.matters.models import Deadline, Extension, Matter
from huiyin.matters.models.matter import steps_of
from huiyin.matters.operations.deadlines import statutory
from huiyin.matters.operations.recompute import events_of
from huiyin.matters.rules.extensions import RUNNING
from huiyin.organisations.models import Post
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.books.vocabulary import Consent
from huiyin.regulations.queries import calendar, stack_for
from huiyin.regulations.rules import Due, LimitRule, check_extension
from huiyin.regulations.rules import Extension as Wanted


@dataclass(frozen=True)
class Extendable:
    """The matter's own running deadline with its rule, and what the books ask before it may move.

    leave: whose leave is needed besides our leader's; where no book says, the assigning organ's (practice 10)."""

    deadline: Deadline
    rule: LimitRule
    leave: Consent
    basis: str

    @property
    def latest_on(self) -> date | None:
        """The day no extension passes."""
        return self.deadline.cap_on

    def with_more(self, *, to_on: date, asked_on: date) -> Due:
        """The deadline as it would stand, asked for on a day. Raises what check_extension raises."""
        wanted = Wanted(granted_on=asked_on, to_on=to_on)
        return check_extension(self.rule, self.deadline.starts_on, calendar(), wanted, events_of(self.deadline))


def extendable(matter: Matter) -> Extendable | None:
    """What could be extended; None where the matter has no running day of its own."""
    deadline = statutory(matter)
    if deadline is None or deadline.met_at is not None:
        return None
    return extendable_deadline(deadline)


def extendable_deadline(deadline: Deadline) -> Extendable | None:
    """The same of a deadline already known; None where the books no longer speak of it."""
    stack = stack_for(deadline.matter.procuratorate, on=deadline.starts_on)
    try:
        rule = stack.limit(deadline.limit_code, deadline.starts_on)
    except RuleNotFound:
        return None
    try:
        said = stack.extension(deadline.starts_on)
    except RuleNotFound:
        return Extendable(deadline, rule, Consent.ASSIGNING_ORGAN, str(rule.basis))
    return Extendable(deadline, rule, said.consent, str(said.basis))


def running_extension(matter: Matter) -> Extension | None:
    """The request that is not ended yet."""
    return matter.extensions.filter(state__in=RUNNING).order_by("-id").first()


def extensions_seen_by(post: Post) -> QuerySet[Extension]:
    """Requests a post may read: of matters it may open, or that it signs, itself or in its time as a substitute."""
    seen = Matter.objects.open_to(post).values("pk")
    own = Extension.objects.filter(matter__procuratorate=post.procuratorate_id)
    mine = own.filter(approval__steps__in=steps_of(post)).values("pk")
    return own.filter(Q(matter__in=seen) | Q(pk__in=mine))
