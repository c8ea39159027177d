"""Deadlines of a matter, what changed their clock, and the reminders sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter
from huiyin.matters.models.undertakings import Undertaking
from huiyin.organisations.models import Post
from huiyin.regulations.models import AbstractDeadline


class Deadline(AbstractDeadline):
    """A date by which something of a matter must be done; one matter carries several."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="deadlines")
    undertaking = models.ForeignKey(Undertaking, null=True, on_delete=models.CASCADE, related_name="deadlines")
    commitment = models.ForeignKey("matters.Commitment", null=True, on_delete=models.CASCADE, related_name="deadlines")
    letter = models.ForeignKey("matters.Reply", null=True, on_delete=models.CASCADE, related_name="deadlines")
    supervision = models.ForeignKey(
        "matters.Supervision", null=True, on_delete=models.CASCADE, related_name="deadlines"
    )
    superior = models.ForeignKey("matters.SuperiorOrder", null=True, on_delete=models.CASCADE, related_name="deadlines")
    revisit = models.ForeignKey("matters.Revisit", null=True, on_delete=models.CASCADE, related_name="deadlines")
    # commitment, letter (a second letter's own rating), revisit: dates that outlive the close of the matter
    label = models.CharField(max_length=60)  # 答复代表, 部门办理, 协办意见
    round = models.PositiveSmallIntegerField(default=1)
    set_by = models.CharField(max_length=80, default="")  # a department date fixed by hand in the 拟办
    rung = models.CharField(max_length=10, default="")  # the rung stood on at the last sweep
    rung_on = models.DateField(null=True)  # when the next rung is reached

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(met_at=None, dropped_at=None), name="matters_deadline_due"
            ),
            models.Index(
                fields=["rung_on", "id"], condition=Q(met_at=None, dropped_at=None), name="matters_deadline_rung"
            ),
        ]


class ClockEvent(models.Model):
    """Something that moves a deadline's clock; appended, never edited."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="clock_events")
    kind = models.CharField(max_length=20)
    facts = models.JSONField()
    reason = models.CharField(max_length=300, default="")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()


class Reminder(models.Model):
    """One rung of a deadline's ladder, sent once to one post; a moved date climbs afresh."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    rung = models.CharField(max_length=10)
    due_on = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "rung", "due_on", "post"], name="matters_reminder_once")
        ]
