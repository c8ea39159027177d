"""Whoever may open a matter may open what belongs to it: originals, scans, opinions, letters, forms, evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from huiyin.approvals.models import Decision
from huiyin.files.models import StoredFile
from huiyin.matters.models import (
    Act,
    Attachment,
    Countersignature,
    Delivery,
    ExternalConsent,
    Matter,
    OutsideReply,
    PollBallots,
    Rating,
    Reply,
    ReplyVersion,
    Revisit,
    SupervisionReport,
    Undertaking,
)
from huiyin.matters.rules import SEALED_AWAY, ReplyStatus
from huiyin.matters.superior import sees_by_order
from huiyin.organisations.models import Post


def sees(post: Post, file: StoredFile) -> bool:
    """Whether the file belongs to a matter that this post may open, or that an order of its office opens to it."""
    keys = {key for key in _matters_of(file) if key is not None}
    if not keys:
        return False
    return Matter.objects.open_to(post).filter(pk__in=keys).exists() or sees_by_order(post, file)


def _matters_of(file: StoredFile) -> Iterator[int | None]:
    yield from Attachment.objects.filter(file=file).values_list("matter_id", flat=True)
    yield from Act.objects.filter(scan=file).values_list("matter_id", flat=True)
    yield from Undertaking.objects.filter(opinion_file=file).values_list("matter_id", flat=True)
    letters_out = Reply.objects.filter(Q(pdf=file) | Q(docx=file))
    letters_out = letters_out.exclude(status=ReplyStatus.VOIDED, void_reason=SEALED_AWAY)
    yield from letters_out.values_list("matter_id", flat=True)
    versions = ReplyVersion.objects.filter(Q(pdf=file) | Q(docx=file) | Q(file=file))
    versions = versions.exclude(reply__status=ReplyStatus.VOIDED, reply__void_reason=SEALED_AWAY)
    yield from versions.values_list("reply__matter_id", flat=True)
    yield from Delivery.objects.filter(evidence=file).values_list("reply__matter_id", flat=True)
    yield from Rating.objects.filter(scan=file).values_list("matter_id", flat=True)
    yield from PollBallots.objects.filter(scan=file).values_list("poll__reply__matter_id", flat=True)
    yield from OutsideReply.objects.filter(scan=file).values_list("matter_id", flat=True)
    yield from Countersignature.objects.filter(scan=file).values_list("reply__matter_id", flat=True)
    yield from ExternalConsent.objects.filter(scan=file).values_list("matter_id", flat=True)
    yield from Revisit.objects.filter(scan=file).values_list("matter_id", flat=True)
    reported = SupervisionReport.objects.filter(file=file)
    yield from reported.values_list("supervision__matters", flat=True)
    # Of letters and extensions only: a 拟办 sheet carries the 批示 of all its matters, so its scan goes with the sheet.
    letters = Decision.objects.filter(scan=file, approval__subject_kind__in=["matters.reply", "matters.extension"])
    yield from letters.values_list("approval__matter_links__matter_id", flat=True)
