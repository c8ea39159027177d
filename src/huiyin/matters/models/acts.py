"""What was done in handling: contacts, the draft shown to the deputy, the seven steps."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.matter import Matter, Participant
from huiyin.matters.models.undertakings import Undertaking
from huiyin.matters.rules import ACT_KIND_LABELS, IN_PERSON, MODE_LABELS, STAGE_LABELS, ActKind, act_title
from huiyin.organisations.models import Post


class Act(models.Model):
    """One contact or act of handling; a face-to-face prints as 面商记录 (practice 14)."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="acts")
    undertaking = models.ForeignKey(Undertaking, null=True, on_delete=models.CASCADE, related_name="acts")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("事项", max_length=12, choices=list(ACT_KIND_LABELS.items()))
    stage = models.CharField("阶段", max_length=10, choices=list(STAGE_LABELS.items()), default="")
    mode = models.CharField("方式", max_length=14, choices=list(MODE_LABELS.items()))
    happened_on = models.DateField("日期")
    place = models.CharField("地点", max_length=120, default="")
    attendees = models.CharField("参加人员", max_length=300, default="")
    organ_attendees = models.CharField("联合单位参加人员", max_length=300, default="")  # of the undertaking's organ
    deputy_words = models.TextField("对方意见", default="")
    our_words = models.TextField("我方说明", default="")
    agreed = models.TextField("达成事项", default="")
    held = models.BooleanField("已进行", default=True)  # False: declined or absent, with reason and the head's note
    reason_not_held = models.CharField("未进行的原因", max_length=200, default="")
    head_note = models.CharField("办公室负责人说明", max_length=200, default="")
    signed_by_deputy = models.BooleanField("代表已签名", default=False)
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey(  # the same act, as recorded for another matter handled together with this one
        "self", null=True, on_delete=models.PROTECT, related_name="shared"
    )
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["happened_on", "id"]
        constraints = [models.UniqueConstraint(fields=["recorded_by", "request_key"], name="matters_act_request_once")]

    @property
    def title(self) -> str:
        """面商, 走访, 电话沟通 and so on."""
        return act_title(self.kind, self.mode)

    @property
    def is_meeting(self) -> bool:
        """Whether it goes on a 面商记录: a talk face to face, held or declined."""
        return self.kind == ActKind.CONSULT and self.mode in IN_PERSON


class Solicitation(models.Model):
    """征求意见稿: a marked version given to the deputy, and what the deputy said of it (practice 14)."""

    reply_version = models.ForeignKey("matters.ReplyVersion", on_delete=models.CASCADE, related_name="solicitations")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=14, choices=list(MODE_LABELS.items()))
    given_on = models.DateField()
    given_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    answer_by_on = models.DateField()
    answer = models.CharField(
        max_length=10, choices=[("agrees", "同意"), ("changes", "希望修改"), ("silent", "逾期未答复")], default=""
    )
    answered_on = models.DateField(null=True)
    words = models.TextField(default="")
    unchanged_reason = models.CharField("未作修改的理由", max_length=300, default="")  # sent up as it was all the same
    unchanged_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    @property
    def is_wish(self) -> bool:
        """Whether changes were asked for."""
        return self.answer == "changes"


class StepMark(models.Model):
    """One of the seven steps (七步): done, or not applicable with reason (practice 22)."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="step_marks")
    step_code = models.CharField(max_length=20)
    state = models.CharField(max_length=16, choices=[("done", "已完成"), ("not_applicable", "不适用")])
    reason = models.CharField(max_length=200, default="")
    marked_by = models.CharField(max_length=80)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "step_code"], name="matters_step_mark_once")]
