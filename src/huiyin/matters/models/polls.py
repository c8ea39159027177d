"""Rating by all deputies of the level: who was asked and who voted, and apart from it how many votes each grade has.

A vote has no row of its own: nothing, not even an order of rows or a moment, ties a voter to a grade (practice 32)."""

from __future__ import annotations

from django.db import models

from huiyin.files.models import StoredFile
from huiyin.matters.models.consents import ExternalConsent
from huiyin.matters.models.replies import Reply
from huiyin.organisations.models import Post
from huiyin.people.models import Person
from huiyin.people.rules import CONGRESS_LEVEL_LABELS


class Poll(models.Model):
    """全体代表评议 of one answer, opened on the congress office's letter."""

    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="poll")
    consent = models.OneToOneField(ExternalConsent, on_delete=models.PROTECT, related_name="+")
    level = models.CharField("代表层级", max_length=10, choices=list(CONGRESS_LEVEL_LABELS.items()))
    lead_told_on = models.DateField("先告知领衔代表的日期")
    lead_told_how = models.CharField("告知方式和情况", max_length=200)
    from_on = models.DateField("开始")
    until_on = models.DateField("截止（含）")
    silent_leave = models.BooleanField(default=False)  # of the book in force when it opened
    minimum = models.PositiveSmallIntegerField()  # of the same: under how many votes nothing is shown
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)


class PollVoter(models.Model):
    """One deputy asked; whether he voted is known, never what. The day only, so that no order can be read."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    voted_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="matters_poll_voter_once")]


class PollTally(models.Model):
    """How many votes a grade has; the rows are made when the poll opens."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    grade = models.CharField(max_length=20)
    label = models.CharField(max_length=20)
    is_well = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["poll_id", "position"]
        constraints = [models.UniqueConstraint(fields=["poll", "grade"], name="matters_poll_grade_once")]


class PollBallots(models.Model):
    """One bundle of paper ballots taken down by a clerk: how many there were; what they say only adds to the tally."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="bundles")
    ballots = models.PositiveIntegerField("张数")
    received_on = models.DateField("收齐日")
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        ordering = ["poll_id", "id"]
        constraints = [models.UniqueConstraint(fields=["recorded_by", "request_key"], name="matters_ballots_once")]
