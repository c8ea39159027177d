"""How congress and CPPCC bodies put something to us, and the opinions it lists."""

from __future__ import annotations

from django.db import models

from huiyin.matters.models import Matter, Measure
from huiyin.organisations.models import CongressBody, Post
from huiyin.oversight.rules import (
    ANSWER_MODE_LABELS,
    FORM_LABELS,
    GROUP_LABELS,
    RESULT_LABELS,
    SCOPE_LABELS,
    Form,
    Kind,
    OpinionState,
    opinion_state,
)


class Oversight(models.Model):
    """The facts of one such matter beside those of its coming (`Suggestion`: body, term, session, days, number).

    answer_by_on: the day whoever asked named; null where the rule book counts it."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="oversight")
    form = models.CharField("形式", max_length=20, choices=list(FORM_LABELS.items()), default="")
    scope = models.CharField("监督类别", max_length=8, choices=list(SCOPE_LABELS.items()), default="")
    occasion = models.CharField("会议或者活动", max_length=120, default="")
    held_on = models.DateField("日期", null=True)
    asked_by = models.CharField("提出人", max_length=200, default="")
    signed_by = models.CharField("联名的是", max_length=8, choices=list(GROUP_LABELS.items()), default="")
    signed_count = models.PositiveSmallIntegerField("联名人数", null=True)
    delegation = models.CharField("代表团", max_length=60, default="")
    committee = models.ForeignKey(  # to whom the draft goes for comment
        CongressBody, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="征求意见的委员会"
    )
    listener = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="听取意见")
    owner = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="责任人")
    answerer = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="答复人")
    answer_mode = models.CharField("答复方式", max_length=8, choices=list(ANSWER_MODE_LABELS.items()), default="")
    answer_by_on = models.DateField("来文定的期限", null=True)
    materials = models.TextField("要求提供的材料", default="")
    result = models.CharField("监督结果", max_length=10, choices=list(RESULT_LABELS.items()), default="")
    result_note = models.CharField("结果说明", max_length=500, default="")
    result_on = models.DateField(null=True)
    result_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def kind(self) -> Kind:
        return Kind(self.matter.kind)

    @property
    def what(self) -> str:
        """质询, 执法检查意见, 审议意见书: what it is called in a list."""
        return FORM_LABELS[Form(self.form)] if self.form else ""

    @property
    def signers(self) -> str:
        """常委会组成人员5人: who signed a 质询案."""
        return f"{self.get_signed_by_display()}{self.signed_count}人" if self.signed_count is not None else ""


class Opinion(models.Model):
    """One opinion of the list, one question asked on the spot (S0-49): answered, or taken up by a department with a
    measure (S0-50)."""

    oversight = models.ForeignKey(Oversight, on_delete=models.CASCADE, related_name="opinions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("意见", max_length=500)
    said_by = models.CharField("提出人", max_length=60, default="")
    answer = models.CharField("答复", max_length=1000, default="")
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    on_the_spot = models.BooleanField("当场答复", default=False)
    measure = models.OneToOneField(Measure, null=True, on_delete=models.PROTECT, related_name="opinion")
    noted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["oversight_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["oversight", "position"], name="oversight_opinion_position"),
            models.UniqueConstraint(fields=["noted_by", "request_key"], name="oversight_opinion_once"),
        ]

    @property
    def state(self) -> OpinionState:
        return opinion_state(
            is_answered=bool(self.answer), on_the_spot=self.on_the_spot, is_measured=self.measure_id is not None
        )
