"""Rule books and their versions, the stack an office picks, the calendar, and what every deadline carries."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.organisations.models import Procuratorate

VERSION_LABELS = {"loaded": "已装入，待批准", "in_force": "已批准施行", "refused": "未批准", "replaced": "已被更正"}
DAY_LABELS = {"holiday": "放假", "workday": "调休上班"}
CLOCK_LABELS = {"running": "计算中", "stopped": "已中止", "ended": "已终止"}


class RuleBook(models.Model):
    """A regulation as data; its versions hold the text."""

    code = models.CharField("代码", max_length=60, unique=True)
    title = models.CharField("名称", max_length=120)
    issuer = models.CharField("制定机关", max_length=80, default="")
    level = models.CharField(max_length=12)  # national, provincial, city, local: the later, the more specific
    procuratorate = models.ForeignKey(Procuratorate, null=True, on_delete=models.PROTECT, related_name="own_books")

    def __str__(self) -> str:
        return self.title


class RuleBookVersion(models.Model):
    """One text of a book: loaded by one person, put in force by another."""

    book = models.ForeignKey(RuleBook, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=20)
    file = models.CharField(max_length=120, default="")
    text = models.TextField()  # TOML, as loaded
    sha256 = models.CharField(max_length=64)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=list(VERSION_LABELS.items()), default="loaded")
    loaded_by = models.CharField(max_length=80)  # "staff:7": the person, since one person may hold two posts
    loaded_label = models.CharField(max_length=200, default="")
    loaded_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80, default="")  # likewise; of a refused version, who refused it
    approved_label = models.CharField(max_length=200, default="")
    approved_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, default="")  # why it was refused

    class Meta:
        ordering = ["book", "-from_on", "-id"]
        constraints = [
            # a text refused or corrected may come again, in better words, under its version's name
            models.UniqueConstraint(
                fields=["book", "version"],
                condition=Q(status__in=["loaded", "in_force"]),
                name="regulations_version_once",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_force") | (~Q(approved_by="") & ~Q(approved_by=models.F("loaded_by"))),
                name="regulations_two_persons",
            ),
        ]


class StackEntry(models.Model):
    """A book in the stack of an office; the higher position is the more specific and wins."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="stack")
    book = models.ForeignKey(RuleBook, on_delete=models.PROTECT, related_name="stack_entries")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["procuratorate", "book"], name="regulations_stack_book_once"),
            models.UniqueConstraint(fields=["procuratorate", "position"], name="regulations_stack_position_once"),
        ]


class Limit(models.Model):
    """One time limit of a version, as a row, so that a screen can list and a deadline can pin it."""

    version = models.ForeignKey(RuleBookVersion, on_delete=models.CASCADE, related_name="limits")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14)
    roll = models.CharField(max_length=10)
    starts_from = models.CharField(max_length=30)
    counts = models.CharField(max_length=10, default="after")
    cap_code = models.CharField(max_length=30, default="")
    article = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    unconfirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="regulations_limit_once")]


class Cadence(models.Model):
    """How often something is owed, e.g. contact once in every half-year."""

    version = models.ForeignKey(RuleBookVersion, on_delete=models.CASCADE, related_name="cadences")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    per = models.CharField(max_length=12)  # month, quarter, half_year, year
    whom = models.CharField(max_length=16)
    times = models.PositiveSmallIntegerField()
    article = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    unconfirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="regulations_cadence_once")]


class Target(models.Model):
    """A number to reach in a year or a shorter period."""

    version = models.ForeignKey(RuleBookVersion, on_delete=models.CASCADE, related_name="targets")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    value = models.PositiveIntegerField()
    measure = models.CharField(max_length=30)
    per = models.CharField(max_length=12)
    within = models.CharField(max_length=30, default="")
    article = models.CharField(max_length=60)
    summary = models.CharField(max_length=300)
    unconfirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="regulations_target_once")]


class CalendarDay(models.Model):
    """A day on which the national arrangement differs from the week: a holiday, or a weekend day worked."""

    day = models.DateField()
    year = models.PositiveSmallIntegerField()  # of the notice: a make-up day may lie in the December before
    kind = models.CharField(max_length=8, choices=list(DAY_LABELS.items()))
    name = models.CharField(max_length=20, default="")
    region = models.CharField(max_length=6, default="")  # division code of a regional festival; "" = nation

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "region"], name="regulations_day_once")]


class CalendarYear(models.Model):
    """A year whose arrangement has been published and loaded; in any other year dates are provisional."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)  # of its days: another process sees by it that the calendar changed
    loaded_by = models.CharField(max_length=80)
    loaded_label = models.CharField(max_length=200, default="")
    loaded_at = models.DateTimeField()


class Recomputation(models.Model):
    """Open deadlines to be computed anew because a rule or the calendar changed; taken up in short steps."""

    cause = models.CharField(max_length=200)
    since = models.DateField(null=True)  # only limits that began on or after this day; null: all
    procuratorates = models.JSONField(default=list)  # ids; empty: all
    cursors = models.JSONField(default=dict)  # by registered name: the last id done, or None when through
    moved = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="regulations_recompute_open")]


class AbstractDeadline(models.Model):
    """A computed date with everything needed to say why; pins the book, version and article it came from."""

    limit_code = models.CharField(max_length=30)
    book_code = models.CharField(max_length=60)
    book_version = models.CharField(max_length=20)
    article = models.CharField(max_length=60)
    starts_on = models.DateField()
    raw_on = models.DateField()
    due_on = models.DateField()
    cap_on = models.DateField(null=True)
    cap_provisional = models.BooleanField(default=False)
    late_from = models.DateTimeField(null=True)  # null while the clock stands or has ended: cannot be missed
    state = models.CharField(max_length=8, choices=list(CLOCK_LABELS.items()), default="running")
    provisional = models.BooleanField(default=False)
    explanation = models.JSONField(default=list)  # sentences, line by line
    rungs = models.JSONField(default=list)  # [[rung, iso day], …] as the ladder gave them
    met_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def said_on(self) -> str:
        """The day as lists, exports and registers have it: 2027-03-05（暂定）, never certain while it is not."""
        return f"{self.due_on.isoformat()}{'（暂定）' if self.provisional else ''}"
