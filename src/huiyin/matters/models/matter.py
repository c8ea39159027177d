"""A matter, what it asks, who is part of it, what came with it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from huiyin.approvals.models import ApprovalStep, Circulation
from huiyin.files.models import StoredFile
from huiyin.matters.answering import answered_by
from huiyin.matters.rules import (
    HANDLER_ROLE_LABELS,
    MATTER_OUTCOME_LABELS,
    OUTCOME_LABELS,
    PROBLEM_CLASS_LABELS,
    STATUS_LABELS,
    URGENCY_LABELS,
    VISIBILITY_LABELS,
    Status,
    Urgency,
    Visibility,
)
from huiyin.organisations.models import Department, Post, Procuratorate
from huiyin.organisations.rules import Level, Role
from huiyin.people.models import Mandate, Person


class MatterQuerySet(models.QuerySet["Matter"]):
    """Sight follows duty (practice 1–5), inside the query before any count."""

    def open_to(self, post: Post) -> MatterQuerySet:
        """Matters a post may open: everything of it, files and people included. What few matters a handler has is
        asked by the index of his own; whoever sees many is asked for matter by matter, in the order of a list.

        Sealed ones (case inquiries) are opened only through the queries of their own kind."""
        own = self.filter(procuratorate_id=post.procuratorate_id).exclude(visibility=Visibility.SEALED)
        role = post.role_enum
        if role in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF}:
            return own
        signing = Exists(steps_of(post).filter(approval__matter_links__matter=OuterRef("pk")))
        if role == Role.DEPUTY_CHIEF:
            given = Circulation.objects.filter(post=post, approval__subject_kind="matters.reply")  # sheets open alone
            reading = Exists(given.filter(approval__matter_links__matter=OuterRef("pk")))
            return own.filter(Q(leader=post) | signing | reading | answered_by(post))
        if role == Role.DEPARTMENT_HEAD:
            return own.filter(Exists(_undertaken(post).filter(matter=OuterRef("pk"))) | signing | answered_by(post))
        if role == Role.HANDLER:
            return own.filter(pk__in=_undertaken(post).filter(handler=post).values("matter").union(*_signed(post)))
        if role == Role.LIAISON_OFFICER:
            return own.filter(liaison_officer=post)
        if role == Role.REGISTRY:
            return own.filter(status__in=[Status.SIGNED, Status.REPLIED, Status.CLOSED, Status.ARCHIVED])
        if role == Role.SECRECY_REVIEWER:
            return own.filter(signing)
        return self.none()

    def in_hand(self) -> MatterQuerySet:
        """Open ones; asked so that SQLite uses the index, which it does not for a bare boolean."""
        return self.filter(is_open__in=[True])

    def listed_for(self, post: Post) -> MatterQuerySet:
        """Matters whose register columns a post may see; a superior office sees rows, never persons or bodies."""
        own, *below = self.listed_in_parts(post)
        return own | below[0] if below else own

    def listed_in_parts(self, post: Post) -> list[MatterQuerySet]:
        """What `listed_for` gives as parts without a common row, each in the order of an index."""
        if post.role_enum not in {Role.LIAISON_OFFICE, Role.OFFICE_HEAD, Role.CHIEF, Role.DEPUTY_CHIEF}:
            return [self.open_to(post)]
        unsealed, office = self.exclude(visibility=Visibility.SEALED), post.procuratorate_id
        own = self.open_to(post) if post.role_enum == Role.DEPUTY_CHIEF else unsealed.filter(procuratorate_id=office)
        match post.procuratorate.level:
            case Level.PROVINCE:
                return [own, unsealed.filter(province_id=office)]
            case Level.CITY:
                return [own, unsealed.filter(city_id=office)]
            case _:
                return [own]


class Matter(models.Model):
    """Anything that must be answered; its kind says how."""

    kind = models.CharField("类别", max_length=30)
    number = models.CharField("收文号", max_length=60, unique=True)
    external_number = models.CharField("来文编号", max_length=40, default="")
    row_key = models.CharField(
        max_length=160, default=""
    )  # body, term, session or 闭会, number: equal rows are skipped
    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(Procuratorate, null=True, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Procuratorate, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("来源", max_length=20)  # congress_list, by_hand, assigned
    received_on = models.DateField("收到日")
    title = models.CharField("标题", max_length=300)
    body = models.TextField("内容", default="")
    handler_role = models.CharField("我院角色", max_length=10, choices=list(HANDLER_ROLE_LABELS.items()))
    category = models.CharField("业务类别", max_length=40, default="")
    problem_class = models.CharField("问题分类", max_length=12, choices=list(PROBLEM_CLASS_LABELS.items()), default="")
    is_key = models.BooleanField("重点", default=False)
    key_reason = models.CharField("列为重点的理由", max_length=200, default="")
    urgency = models.CharField("紧急程度", max_length=8, choices=list(URGENCY_LABELS.items()), default=Urgency.NORMAL)
    status = models.CharField("进度", max_length=12, choices=list(STATUS_LABELS.items()), default=Status.REGISTERED)
    outcome = models.CharField("办理结果", max_length=14, choices=list(MATTER_OUTCOME_LABELS.items()), default="")
    visibility = models.CharField(
        "公开", max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.OFFICE
    )
    is_open = models.BooleanField(default=True)
    next_due_on = models.DateField(null=True)
    round = models.PositiveSmallIntegerField(default=1)  # 1 = first handling, 2 = redo, …
    leader = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    liaison_officer = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    request_key = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registered_by", "request_key"], name="matters_request_once"),
            models.UniqueConstraint(
                fields=["procuratorate", "row_key"], condition=~Q(row_key=""), name="matters_row_key_once"
            ),
        ]
        indexes = [
            # kind and visibility last: today's work counts by day without reading a row
            models.Index(
                fields=["procuratorate", "is_open", "next_due_on", "id", "kind", "visibility"],
                name="matters_office_due",
            ),
            models.Index(fields=["city", "is_open", "next_due_on", "id"], name="matters_city_due"),
            models.Index(fields=["province", "is_open", "next_due_on", "id"], name="matters_province_due"),
            models.Index(fields=["procuratorate", "next_due_on", "id"], name="matters_office_all"),
            models.Index(fields=["city", "next_due_on", "id"], name="matters_city_all"),
            models.Index(fields=["province", "next_due_on", "id"], name="matters_province_all"),
            models.Index(fields=["procuratorate", "status", "id"], name="matters_office_status"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def known_as(self) -> str:
        """The number people know it by: the one it came with, otherwise our own."""
        return self.external_number or self.number

    @property
    def pressing(self) -> str:
        """As the title of a message names it that presses for work."""
        return f"【紧急】{self.known_as}" if self.is_urgent else self.known_as

    @property
    def naming(self) -> str:
        """As messages name it to those who may open it: number and title."""
        return f"{self.known_as}《{self.title}》"

    @property
    def is_urgent(self) -> bool:
        """Whether it is to be answered at once (应急事急办, S0-75)."""
        return self.urgency == Urgency.URGENT

    @property
    def status_enum(self) -> Status:
        return Status(self.status)


class ApprovalLink(models.Model):
    """Which matters a paper is about: a letter one, a 拟办单 many."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="approval_links")
    approval = models.ForeignKey("approvals.Approval", on_delete=models.CASCADE, related_name="matter_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "approval"], name="matters_approval_link_once")]


class Item(models.Model):
    """One request within a matter (practice 18)."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=14, choices=list(OUTCOME_LABELS.items()), default="")
    commitment = models.CharField(max_length=500, default="")


class Participant(models.Model):
    """Who brought the matter: lead deputy, co-signers, a delegation, an organ; names as they stood at the time."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(
        max_length=10,
        choices=[
            ("lead", "领衔"),
            ("cosigner", "附议"),
            ("organ", "来文单位"),
            ("inquirer", "咨询人"),
            ("told", "反馈"),
            ("committee", "征求意见"),
        ],
    )
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100)
    delegation = models.CharField(max_length=60, default="")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="participations")
    mandate = models.ForeignKey(Mandate, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["matter_id", "position"]
        constraints = [models.UniqueConstraint(fields=["matter", "position"], name="matters_participant_position")]


class Attachment(models.Model):
    """A file of a matter: the original, enclosures, scans."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(
        max_length=12,
        choices=[("original", "建议原文"), ("enclosure", "附件"), ("scan", "扫描件"), ("paper", "办理材料")],
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="")
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()


def steps_of(post: Post) -> models.QuerySet[ApprovalStep]:
    """Steps addressed to a post, or opened while it stood in for the one they are addressed to (AB角),
    or that waited beyond the day its time began."""
    return ApprovalStep.objects.filter(Q(post=post) | Q(pk__in=_stood_in(post)))


def _stood_in(post: Post) -> models.QuerySet[Any, Any]:
    in_time = Q(post__substitutions__from_on__lte=F("opened_at__date")) | Q(status="open")
    theirs = Q(post__substitutions__substitute=post, post__substitutions__until_on__gt=F("opened_at__date"))
    return ApprovalStep.objects.filter(in_time & theirs).order_by().values("pk")


def _signed(post: Post) -> tuple[models.QuerySet[Any, Any], models.QuerySet[Any, Any]]:
    """Ids of matters with a paper of `steps_of`: by his own steps, by those he stood in for."""
    links = ApprovalLink.objects.order_by().values("matter")
    return links.filter(approval__steps__post=post), links.filter(approval__steps__in=_stood_in(post))


def _undertaken(post: Post) -> models.QuerySet[Any, Any]:
    """What the post's department does or did, but for what moved elsewhere."""
    from huiyin.matters.models.undertakings import Undertaking  # the two modules describe one another

    return Undertaking.objects.exclude(status="moved").filter(department=post.department_id).order_by()
