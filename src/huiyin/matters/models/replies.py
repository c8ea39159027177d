"""Letters: their versions, number, seal and delivery."""

from __future__ import annotations

from django.db import models

from huiyin.approvals.models import Approval
from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Matter, Participant
from huiyin.matters.rules import DELIVERY_MODE_LABELS, OUTCOME_LABELS, REPLY_STATUS_LABELS, SEALED_AWAY, ReplyStatus
from huiyin.numbering.models import Number
from huiyin.organisations.models import Post


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Letters by who may read them."""

    def open_to(self, post: Post) -> ReplyQuerySet:
        """Letters of matters a post may open, but for drafts whose text went to a sealed matter."""
        kept = self.exclude(status=ReplyStatus.VOIDED, void_reason=SEALED_AWAY)
        return kept.filter(matter__in=Matter.objects.open_to(post))


class Reply(models.Model):
    """One letter of a matter: the answer to the deputy, our opinion to the lead unit (会办意见), or the second letter
    (再行答复) that reports on what an answer promised; a second letter moves no matter."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(
        max_length=10,
        choices=[("reply", "答复函"), ("opinion", "会办意见"), ("note", "咨询答复"), ("second", "再行答复")],
    )
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    round = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=list(REPLY_STATUS_LABELS.items()), default=ReplyStatus.DRAFT)
    outcome = models.CharField(max_length=14, choices=list(OUTCOME_LABELS.items()), default="")
    mark = models.CharField("结果标注", max_length=4, default="")  # A, B, C as the book prints them
    reason = models.TextField("不能解决的原因", default="")
    reason_code = models.CharField("原因类别", max_length=40, default="")  # as the book of the day names it
    citations = models.JSONField(default=dict)  # undertaking id → paragraph that states its opinion (practice 15)
    approval = models.ForeignKey(Approval, null=True, on_delete=models.PROTECT, related_name="+")
    talks_left_out = models.CharField("没有记录的沟通", max_length=200, default="")  # as it went up, with the reason
    talks_reason = models.CharField("没有沟通的理由", max_length=300, default="")
    talks_reason_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.OneToOneField(Number, null=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField("成文日期", null=True)
    signed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    proofread_at = models.DateTimeField("复核", null=True)
    proofread_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField("用印", null=True)
    sealed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField("印发日", null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    delivered_on = models.DateField("送达日", null=True)
    uploaded_on = models.DateField("录入人大系统", null=True)
    copies = models.JSONField(default=list)  # 抄送
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")  # numbered and dated
    docx = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField("作废", null=True)
    voided_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    void_reason = models.CharField("作废原因", max_length=200, default="")
    created_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["status", "kind", "matter"], name="matters_reply_on_its_road")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind", "round"],
                condition=~models.Q(status="voided") & ~models.Q(kind="second"),
                name="matters_reply_once_a_round",
            ),
            models.UniqueConstraint(  # of second letters there may be several, one after the other
                fields=["matter"],
                condition=models.Q(kind="second", issued_on=None) & ~models.Q(status="voided"),
                name="matters_reply_one_second_on_its_road",
            ),
        ]

    @property
    def status_enum(self) -> ReplyStatus:
        return ReplyStatus(self.status)


class ReplyVersion(models.Model):
    """One text of a letter; an approver's own edit is one more, signed in the same act (practice 6)."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=10,
        choices=[
            ("draft", "拟稿"),
            ("solicited", "征求意见稿"),
            ("edited", "审核修改稿"),
            ("final", "定稿"),
            ("proof", "复核稿"),
        ],
    )
    content = models.JSONField()  # the letter structure: title, salutation, blocks, closing, attachments, notes
    digest = models.CharField(max_length=64)  # what a signature covers
    source = models.CharField(max_length=8, choices=[("browser", "网页拟稿"), ("docx", "上传文稿")])
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")  # as uploaded
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")  # rendered after commit
    docx = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="")
    author = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["reply_id", "number"]
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="matters_reply_version_once")]


class Delivery(models.Model):
    """How one signer received the letter."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="deliveries")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=120)
    mode = models.CharField(max_length=10, choices=list(DELIVERY_MODE_LABELS.items()))
    delivered_on = models.DateField()
    evidence = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["reply_id", "id"]
        constraints = [models.UniqueConstraint(fields=["reply", "participant"], name="matters_delivery_once")]
