"""Outside accounts, one-time codes, cards and slips."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.exchange.rules import SLIP_LABELS, SlipState
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField


class OutsideAccount(models.Model):
    """Somebody on the phone site: one phone, one person, known inside by a key only."""

    public_id = models.CharField(max_length=32, unique=True)
    person_key = models.CharField(max_length=80, unique=True)  # "p:<person id>"
    label = models.CharField(max_length=100)  # 张示例代表
    phone = EncryptedTextField(null=True)
    phone_index = BlindIndexField()
    office = models.CharField(max_length=60, default="")  # as value: the outer site knows no procuratorates
    office_phone = models.CharField(max_length=30, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=Q(closed_at__isnull=True) & ~Q(phone_index=""),
                name="exchange_phone_once",
            )
        ]


class AccessCode(models.Model):
    """A one-time code on its way to a phone; only a keyed digest is kept."""

    public_id = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(OutsideAccount, null=True, on_delete=models.CASCADE, related_name="codes")
    phone_index = BlindIndexField()
    remote_index = BlindIndexField()  # network address it was asked from
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    used_at = models.DateTimeField(null=True)


class Card(models.Model):
    """A prepared, already filtered view for one account, or for everyone when `account` is empty."""

    public_id = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(OutsideAccount, null=True, on_delete=models.CASCADE, related_name="cards")
    kind = models.CharField(max_length=40)  # "suggestions.progress"
    key = models.CharField(max_length=80)  # what it is a card of, e.g. "matter:12"
    title = models.CharField(max_length=300)
    body = models.JSONField()
    accepts = models.JSONField(default=list)  # kinds of slip it allows, with what each must hold
    notes = models.JSONField(default=list)  # what came of slips that were refused: at, slip, text
    position_at = models.DateTimeField()  # order on the phone
    published_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "key"], name="exchange_card_once"),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(account__isnull=True), name="exchange_card_for_everyone_once"
            ),
        ]
        indexes = [models.Index(fields=["account", "-position_at"], name="exchange_card_list")]


class CardFile(models.Model):
    """A card's own copy of a file."""

    public_id = models.CharField(max_length=32, unique=True)
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)


class Slip(models.Model):
    """What somebody on the phone site hands in: committed first, handled afterwards."""

    number = models.CharField(max_length=24, unique=True)  # shown to the sender
    account = models.ForeignKey(OutsideAccount, null=True, on_delete=models.PROTECT, related_name="slips")
    card = models.ForeignKey(Card, null=True, on_delete=models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    request_key = models.UUIDField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=list(SLIP_LABELS.items()), default=SlipState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, default="")  # what the handler said, in words for the sender

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "request_key"], name="exchange_slip_once"),
            models.UniqueConstraint(
                fields=["request_key"], condition=Q(account__isnull=True), name="exchange_slip_of_nobody_once"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state="waiting"), name="exchange_slip_waiting"),
            models.Index(fields=["account", "-id"], name="exchange_slip_mine"),
        ]


class SlipSeries(models.Model):
    """The last slip number of a year; its row is locked while a slip comes in."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)
