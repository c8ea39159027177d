"""What a post sees of such matters, and what waits in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from huiyin.matters.models import Deadline, Reply
from huiyin.matters.queries import may_open
from huiyin.matters.rules import Status
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.queries import posts_of
from huiyin.oversight.models import Opinion, Oversight
from huiyin.oversight.rules import LISTED, MIDDLE_AND_ABOVE, Kind, Result


def oversights_open_to(post: Post) -> QuerySet[Oversight]:
    """Those whose matter the post may open: sight follows duty, as for every matter."""
    return Oversight.objects.filter(may_open(post))


def with_list_facts(rows: QuerySet[Oversight]) -> QuerySet[Oversight]:
    """Rows with said (opinions), left (neither answered nor taken up), and in matter.open_days the answer's own day."""
    left = Q(opinions__answer="", opinions__measure=None) & ~Q(opinions=None)
    running = Deadline.objects.filter(met_at=None, dropped_at=None, undertaking=None, commitment=None)
    return (
        rows.select_related("matter__suggestion__body", "owner__staff", "answerer__staff")
        .annotate(said=Count("opinions"), left=Count("opinions", filter=left))
        .prefetch_related(Prefetch("matter__deadlines", queryset=running.order_by("due_on"), to_attr="open_days"))
    )


def opinions_left(post: Post) -> QuerySet[Opinion]:
    """Opinions of open matters that nobody answered or took up."""
    rows = Opinion.objects.filter(answer="", measure=None, oversight__matter__is_open=True)
    listed = rows.filter(oversight__matter__kind__in=LISTED, oversight__matter__status__in=UNDER_WAY)
    return listed.filter(may_open(post, "oversight__matter"))


UNDER_WAY = (Status.REGISTERED, Status.PROPOSING, Status.ASSIGNED, Status.IN_HAND)


def results_awaited(post: Post) -> QuerySet[Oversight]:
    """Acts of oversight whose answer is delivered and of which nobody noted what came of it."""
    answer = Reply.objects.filter(matter=OuterRef("pk"), round=OuterRef("matter__round"), delivered_on__isnull=False)
    acts = oversights_open_to(post).filter(matter__kind=Kind.ACT, matter__status__in=[Status.REPLIED, Status.CLOSED])
    return acts.filter(Q(result="") | Q(result=Result.AGAIN)).filter(Exists(answer))


def held_by(post: Post) -> QuerySet[Oversight]:
    """All the post answers for, or is to answer at a meeting: it may open them (see matters/answering.py)."""
    return Oversight.objects.filter(Q(owner=post) | Q(answerer=post))


def answering_posts(matter_id: int) -> Iterator[int | None]:
    """Keys of the posts that answer for one matter."""
    for pair in Oversight.objects.filter(pk=matter_id).values_list("owner", "answerer"):
        yield from pair


def answered_for(post: Post) -> QuerySet[Oversight]:
    """Those the post answers for and that are not answered yet."""
    mine = oversights_open_to(post).filter(pk__in=held_by(post).values("pk"), matter__is_open=True)
    return mine.exclude(matter__status=Status.REPLIED)


def seniors(office: Procuratorate, on: date) -> list[Post]:
    """Posts of middle rank or above, who may listen, answer at a meeting and answer for a matter."""
    return [post for post in posts_of(office, on) if post.role_enum in MIDDLE_AND_ABOVE]
