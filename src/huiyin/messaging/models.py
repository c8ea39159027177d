"""The outbox, bindings, receipts, and the simulated phone's screen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.kernel.fields import BlindIndexField, EncryptedTextField
from huiyin.messaging.rules import MESSAGE_CHANNEL_LABELS, MESSAGE_STATE_LABELS, MessageState
from huiyin.organisations.models import Post, Procuratorate
from huiyin.people.models import ContactPoint, Person


class Binding(models.Model):
    """An outside channel bound to a person, once, for the term (一次绑定)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bindings")
    channel = models.CharField(max_length=10, choices=list(MESSAGE_CHANNEL_LABELS.items()))
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.PROTECT, related_name="bindings")
    bound_at = models.DateTimeField()
    evidence = models.CharField(max_length=120, default="")  # code, or how the office confirmed it
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel", "contact_point"],
                condition=Q(ended_at__isnull=True),
                name="messaging_binding_once",
            ),
            models.UniqueConstraint(
                fields=["person", "channel"],
                condition=Q(ended_at__isnull=True, contact_point__isnull=True),
                name="messaging_binding_without_contact_once",
            ),
        ]


class Message(models.Model):
    """One message to one recipient: written in the transaction of what caused it."""

    event_key = models.CharField(max_length=120)  # "deadline:7:three:2026-05-20"
    recipient_key = models.CharField(max_length=80)  # p:<person>, s:<post>, b:<body>, h:<blind index>
    channel = models.CharField(max_length=10, choices=list(MESSAGE_CHANNEL_LABELS.items()))
    attempt_class = models.CharField(max_length=20, default="first")
    procuratorate = models.ForeignKey(Procuratorate, null=True, on_delete=models.PROTECT, related_name="+")
    lane = models.PositiveSmallIntegerField(default=2)
    state = models.CharField(max_length=12, choices=list(MESSAGE_STATE_LABELS.items()), default=MessageState.WAITING)
    title = models.CharField(max_length=120, default="")
    body = models.TextField(default="")
    secret_body = EncryptedTextField(null=True)  # a body with a code: erased once sent
    address = EncryptedTextField(null=True)  # phone; erased with the secret body
    address_index = BlindIndexField()
    link = models.CharField(max_length=200, default="")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)  # useless afterwards: a code
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, default="")
    handed_at = models.DateTimeField(null=True)  # may have left through a channel that would show a repetition
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    gateway_id = models.CharField(max_length=60, default="")
    problem = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "recipient_key", "channel", "attempt_class"], name="messaging_message_once"
            )
        ]
        indexes = [
            models.Index(fields=["lane", "next_at", "id"], condition=Q(state="waiting"), name="messaging_due"),
            models.Index(fields=["lease_until"], condition=Q(state="claimed"), name="messaging_leased"),
            models.Index(fields=["recipient_key", "-id"], name="messaging_recipient"),
        ]


class Receipt(models.Model):
    """What a channel said about a message, as it said it."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    code = models.CharField(max_length=40)
    meaning = models.CharField(max_length=100)
    received_at = models.DateTimeField()


class SimulatedText(models.Model):
    """A text on the screen of the simulated phone; demonstration and tests only."""

    gateway_id = models.CharField(max_length=60, unique=True)  # the same packet twice shows once
    phone = models.CharField(max_length=20)
    text = models.TextField()
    arrived_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["phone", "-id"], name="messaging_screen")]
