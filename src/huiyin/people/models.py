"""Persons, how they are reached, and their mandates."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.organisations.models import CongressBody, Post, Procuratorate
from huiyin.people.rules import CHANNEL_LABELS, CONGRESS_LEVEL_LABELS, MANDATE_LABELS


class Person(models.Model):
    """One natural person the office knows through mandates; petitioners are not persons of this register."""

    public_id = models.CharField(max_length=32, unique=True)
    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=100)
    sex = models.CharField("性别", max_length=1, default="0")  # GB/T 2261.1
    ethnicity = models.CharField("民族", max_length=2, default="")  # GB/T 3304
    birth_year = models.PositiveSmallIntegerField("出生年", null=True)
    unit_post = models.CharField("单位职务", max_length=120, default="")
    profession = models.CharField("专业领域", max_length=60, default="")
    assistance = models.CharField("语言或无障碍需要", max_length=100, default="")  # 代表法 53, 54
    consented_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["procuratorate", "name"], name="people_person_name")]
        constraints = [models.UniqueConstraint(fields=["entered_by", "request_key"], name="people_person_request_once")]

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    """One way to reach a person; the value is encrypted, found by its blind index only."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    channel = models.CharField("方式", max_length=10, choices=list(CHANNEL_LABELS.items()))
    value = EncryptedTextField(null=True)  # null = erased
    blind_index = BlindIndexField()
    verified_at = models.DateTimeField(null=True)
    evidence = models.CharField("核实方式", max_length=120, default="")  # how the office made sure
    opted_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "blind_index", "person"], condition=~Q(blind_index=""), name="people_contact_once"
            )
        ]


class MandateQuerySet(models.QuerySet["Mandate"]):
    def held_on(self, day: date) -> MandateQuerySet:
        """Mandates held on a day and not suspended."""
        running = Q(until_on__isnull=True) | Q(until_on__gt=day)
        active = Q(suspended_on__isnull=True) | Q(suspended_on__gt=day)
        return self.filter(running & active, from_on__lte=day)


class Mandate(models.Model):
    """What a person is to us: deputy of a congress in a term, member of the CPPCC, expert of a pool."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField("身份", max_length=20, choices=list(MANDATE_LABELS.items()))
    level = models.CharField("层级", max_length=10, choices=list(CONGRESS_LEVEL_LABELS.items()), default="")
    body = models.ForeignKey(CongressBody, null=True, on_delete=models.PROTECT, related_name="+")
    term = models.PositiveSmallIntegerField("届", null=True)
    delegation = models.CharField("代表团或界别", max_length=60, default="")
    number = models.CharField("证号", max_length=40, default="")
    liaison_officer = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="deputies")
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True)
    end_reason = models.CharField("终止原因", max_length=60, default="")
    suspended_on = models.DateField("停止执行职务", null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "term", "delegation"], name="people_mandate_kind"),
            models.Index(fields=["liaison_officer", "kind"], name="people_mandate_officer"),
        ]


class Tag(models.Model):
    """A profession or an interest of a person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=12, choices=[("profession", "专业"), ("interest", "关注领域")])
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "name"], name="people_tag_once")]
