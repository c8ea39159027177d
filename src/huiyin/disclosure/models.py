"""The public copy of an answer, and who let it out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.disclosure.rules import PUBLICATION_STATUS_LABELS, PublicationStatus
from huiyin.matters.models import Matter, Reply
from huiyin.matters.rules import Visibility
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.rules import Role


class PublicationQuerySet(models.QuerySet["Publication"]):
    def open_to(self, post: Post) -> PublicationQuerySet:
        """Whoever may open the matter; whoever reviews secrecy every proposal of the office, since all pass there."""
        own = self.filter(procuratorate_id=post.procuratorate_id).exclude(matter__visibility=Visibility.SEALED)
        if post.role_enum is Role.SECRECY_REVIEWER:
            return own
        return own.filter(matter__in=Matter.objects.open_to(post))


class Publication(models.Model):
    """One answer proposed for everyone to read: proposed, checked for secrecy and privacy, approved, taken back."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="publications")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="publications")
    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=list(PUBLICATION_STATUS_LABELS.items()), default=PublicationStatus.PROPOSED
    )
    title = models.CharField("公开标题", max_length=200)
    text = models.TextField("公开文本")  # one paragraph a line
    reason = models.CharField("保留提示内容的理由", max_length=300, default="")
    consent_note = models.CharField("代表同意公开的情况", max_length=300, default="")
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    checked_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    check_opinion = models.CharField("保密和隐私审查意见", max_length=300, default="")
    decided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_opinion = models.CharField("院领导意见", max_length=300, default="")
    published_on = models.DateField(null=True)
    taken_back_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.CharField("撤下理由", max_length=300, default="")
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(status__in=["proposed", "checked", "published"]),
                name="disclosure_publication_running_once",
            ),
            models.UniqueConstraint(fields=["proposed_by", "request_key"], name="disclosure_publication_request_once"),
        ]
        indexes = [models.Index(fields=["procuratorate", "status", "-id"], name="disclosure_publication_office")]
