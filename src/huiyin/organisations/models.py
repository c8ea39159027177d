"""Procuratorates, departments, staff, posts, administrators' seats, outside bodies."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from huiyin.kernel.fields import EncryptedTextField
from huiyin.organisations.rules import BODY_KIND_LABELS, LEVEL_LABELS, ROLE_LABELS, SEAT_LABELS, Role


class Procuratorate(models.Model):
    """One office in the tree province → city → county."""

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    document_prefix = models.CharField("机关代字", max_length=12)  # 样检
    division = models.CharField("行政区划代码", max_length=6)  # GB/T 2260
    level = models.CharField("层级", max_length=10, choices=list(LEVEL_LABELS.items()))
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    city = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField("办公电话", max_length=30, default="")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A unit inside one procuratorate."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    position = models.PositiveSmallIntegerField("排序", default=0)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procuratorate", "name"], name="organisations_department_once")]
        ordering = ["procuratorate_id", "position", "id"]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(username=username)


class Staff(AbstractBaseUser):
    """A person who works here; acts only through a post or a seat."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    password_changed_at = models.DateTimeField(null=True)
    password_is_initial = models.BooleanField("须改初始密码", default=False)  # an administrator knows it

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[StaffManager] = StaffManager()

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> PostQuerySet:
        """Posts held on a day."""
        return self.filter(from_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gt=day))


class Post(models.Model):
    """One role held by one person in one office, for a time; the actor of every operation at the desk."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="posts")
    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=20, choices=list(ROLE_LABELS.items()))
    title = models.CharField("职务", max_length=40, default="")
    office_phone = models.CharField("办公电话", max_length=30, default="")
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["procuratorate", "role"], name="organisations_post_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=models.F("from_on")),
                name="organisations_post_period",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def role_enum(self) -> Role:
        return Role(self.role)

    @property
    def label(self) -> str:
        """Name and duty as colleagues say it: 王联络（代表委员联络办公室）."""
        return f"{self.staff.name}（{self.title or self.get_role_display()}）"


class Substitution(models.Model):
    """AB角: who signs, as himself and marked 代, while the holder of a post is away (practice 8)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="substituting")
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）")
    reason = models.CharField("事由", max_length=200, default="")

    class Meta:
        indexes = [models.Index(fields=["substitute", "until_on"], name="organisations_standing_in")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="organisations_sub_period"),
            models.CheckConstraint(condition=~Q(post=models.F("substitute")), name="organisations_sub_other"),
        ]


class Charge(models.Model):
    """A department in the charge of a member of the leadership (分管)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="charges")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="charges")
    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True)


class AdminSeat(models.Model):
    """One of the three administrators; a holder has no post and sees no business data.

    The database refuses a second seat (one row a person) and a seat beside a post (raw_sql.py)."""

    staff = models.OneToOneField(Staff, on_delete=models.PROTECT, related_name="seat")
    role = models.CharField("席位", max_length=12, choices=list(SEAT_LABELS.items()))
    from_on = models.DateField("起")

    def __str__(self) -> str:
        return f"{self.staff.name}（{self.get_role_display()}）"


class CongressBody(models.Model):
    """An outside party with a contact person: congress office, CPPCC committee, court, department (practice 9)."""

    procuratorate = models.ForeignKey(Procuratorate, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField("类别", max_length=16, choices=list(BODY_KIND_LABELS.items()))
    name = models.CharField("名称", max_length=80)
    contact_name = models.CharField("联系人", max_length=60, default="")
    contact_phone = EncryptedTextField(null=True)
    entered_on = models.DateField("录入日", null=True)  # unknown for the first ones of older houses
    ended_on = models.DateField("停用日", null=True)  # the first day it is no longer offered
    version = models.PositiveIntegerField(default=1)
    request_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procuratorate", "name"], name="organisations_body_once"),
            models.UniqueConstraint(fields=["procuratorate", "request_key"], name="organisations_body_asked_once"),
        ]

    def __str__(self) -> str:
        return self.name
