"""上级院交办、督办: which orders a post reads, and which matters below they open to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from huiyin.files.models import StoredFile
from huiyin.matters.models import Attachment, Matter, Reply, SuperiorOrder
from huiyin.matters.queries import may_open
from huiyin.matters.rules import ReplyStatus, Visibility
from huiyin.matters.rules.superior import OrderState
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role

ABOVE = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF, Role.DEPUTY_CHIEF})


def orders_open_to(post: Post) -> QuerySet[SuperiorOrder]:
    """Those the post's own office gave, for who keeps its register or leads it; those given on matters it may open."""
    unsealed = SuperiorOrder.objects.exclude(matter__visibility=Visibility.SEALED)
    taken = Q(may_open(post, "matter"))
    given = Q(procuratorate_id=post.procuratorate_id) if post.role_enum in ABOVE else Q(pk__in=[])
    return unsealed.filter(given | taken)


def matters_below(post: Post) -> QuerySet[Matter]:
    """Rows of lower offices the post sees in its register: on these an order may be given."""
    _, *below = Matter.objects.listed_in_parts(post)
    return below[0] if below else Matter.objects.none()


def opened_by_order(post: Post) -> QuerySet[Matter]:
    """Matters below that a running order of the post's office opens for reading; sealed ones never."""
    running = SuperiorOrder.objects.filter(procuratorate_id=post.procuratorate_id).exclude(state=OrderState.ENDED)
    return matters_below(post).filter(pk__in=running.values("matter"))


def running_orders(post: Post, matters: Iterable[Matter]) -> dict[int, SuperiorOrder]:
    """Matter → the order that runs on it, of the post's office."""
    running = SuperiorOrder.objects.filter(procuratorate_id=post.procuratorate_id, matter__in=[m.pk for m in matters])
    return {order.matter_id: order for order in running.exclude(state=OrderState.ENDED)}


def sees_by_order(post: Post, file: StoredFile) -> bool:
    """Whether a file is the original, an enclosure or an issued letter of a matter that an order opens."""
    letters = Reply.objects.filter(Q(pdf=file) | Q(docx=file)).exclude(issued_on=None)
    keys = {
        *Attachment.objects.filter(file=file).values_list("matter_id", flat=True),
        *letters.exclude(status=ReplyStatus.VOIDED).values_list("matter_id", flat=True),
    }
    return bool(keys) and opened_by_order(post).filter(pk__in=keys).exists()
