"""共性问题: what many suggestions ask alike, who works it out, and the rule document it ends in.

S3-21, S3-22, S3-34, S3-115. The records and their states; acts in operations/common_problems.py."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models import Matter, Measure
from huiyin.organisations.models import Department, Post, Procuratorate


class ProblemState(StrEnum):
    OPEN = "open"
    RULED = "ruled"
    ENDED = "ended"


PROBLEM_LABELS: Final = {
    ProblemState.OPEN: "分析整改中",
    ProblemState.RULED: "已建章立制",
    ProblemState.ENDED: "已了结，未形成制度",
}


class CommonProblem(models.Model):
    """A problem that several suggestions share; its owner works it out until it is ruled, or ended with why not.

    words: what likely members are searched by. task: the measure that carries the owner's day and its reminders."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("问题", max_length=120)
    words = models.CharField("关键词", max_length=120, default="")
    category = models.CharField("业务类别", max_length=40, default="")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    matters: models.ManyToManyField[Matter, Gathered] = models.ManyToManyField(
        Matter, through="Gathered", related_name="common_problems"
    )
    state = models.CharField(max_length=8, choices=list(PROBLEM_LABELS.items()), default=ProblemState.OPEN)
    analysis = models.TextField("原因分析", default="")
    measures_text = models.TextField("改进办法", default="")
    analysed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    analysed_at = models.DateTimeField(null=True)
    task = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.CharField("没有形成制度的原因", max_length=300, default="")
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["opened_by", "request_key"], name="suggestions_problem_once")]
        indexes = [models.Index(fields=["procuratorate", "state", "id"], name="suggestions_problem_state")]

    def __str__(self) -> str:
        return self.title


class Gathered(models.Model):
    """One suggestion that belongs to a common problem, chosen by a person."""

    problem = models.ForeignKey(CommonProblem, on_delete=models.CASCADE, related_name="gathered")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="gathered")
    gathered_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    gathered_at = models.DateTimeField()

    class Meta:
        ordering = ["problem_id", "id"]
        constraints = [models.UniqueConstraint(fields=["problem", "matter"], name="suggestions_gathered_once")]


class TalkForm(StrEnum):
    MEETING = "meeting"
    RESEARCH = "research"


TALK_LABELS: Final = {TalkForm.MEETING: "座谈", TalkForm.RESEARCH: "调研"}


class ThemeTalk(models.Model):
    """座谈调研: what was heard about a common problem, from whom (S3-115)."""

    problem = models.ForeignKey(CommonProblem, on_delete=models.PROTECT, related_name="talks")
    form = models.CharField("形式", max_length=8, choices=list(TALK_LABELS.items()))
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=120, default="")
    took_part = models.CharField("参加的人", max_length=500)
    said = models.TextField("听到的意见")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["problem_id", "held_on", "id"]
        constraints = [models.UniqueConstraint(fields=["recorded_by", "request_key"], name="suggestions_talk_once")]


class RuleDocument(models.Model):
    """The rule a common problem ended in; a joint one names every organ that signed it (S3-53, S3-105)."""

    problem = models.ForeignKey(CommonProblem, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField("文件名称", max_length=200)
    number = models.CharField("文号", max_length=60)
    dated_on = models.DateField("成文日期")
    revises = models.CharField("修订的文件", max_length=200, default="")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["problem_id", "dated_on", "id"]
        constraints = [models.UniqueConstraint(fields=["recorded_by", "request_key"], name="suggestions_rule_once")]

    @property
    def naming(self) -> str:
        """《…》（文号）."""
        return f"《{self.title}》（{self.number}）"


class RuleSigner(models.Model):
    """One organ that signed (会签) a rule document, the issuing one first."""

    document = models.ForeignKey(RuleDocument, on_delete=models.CASCADE, related_name="signers")
    position = models.PositiveSmallIntegerField()
    organ = models.CharField("单位", max_length=120)
    signer = models.CharField("签署人", max_length=60, default="")

    class Meta:
        ordering = ["document_id", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "organ"], name="suggestions_rule_signer_once")]
