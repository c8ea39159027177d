"""公益诉讼转化: which conversions a post sees, which it has to decide, who may open their papers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.files.models import StoredFile
from huiyin.matters.models import Matter
from huiyin.matters.permissions import DEPARTMENT, LEADERS, OFFICE
from huiyin.matters.rules import Visibility
from huiyin.organisations.models import Post
from huiyin.suggestions.models import PublicTransfer, TransferState


def transfers_open_to(post: Post) -> QuerySet[PublicTransfer]:
    """The office and its leadership see all of the office; a department those it handles and those of its matters."""
    own = PublicTransfer.objects.filter(procuratorate_id=post.procuratorate_id)
    own = own.exclude(matter__visibility=Visibility.SEALED)
    if post.role_enum in OFFICE | LEADERS:
        return own
    if post.role_enum in DEPARTMENT and post.department_id is not None:
        seen = Matter.objects.open_to(post).order_by().values("pk")
        return own.filter(Q(department_id=post.department_id) | Q(matter__in=seen))
    return own.none()


def filings_of(post: Post) -> QuerySet[PublicTransfer]:
    """Those a leader is asked to decide on."""
    return PublicTransfer.objects.filter(leader=post, state=TransferState.PROPOSED)


def sees_transfer_paper(post: Post, file: StoredFile) -> bool:
    """Whoever sees the conversion opens its papers."""
    return transfers_open_to(post).filter(papers__file=file).exists()
