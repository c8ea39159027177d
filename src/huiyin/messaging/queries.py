"""Reading the bell of a post and the screen of the simulated phone."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Max, QuerySet

from huiyin.messaging.models import Message, SimulatedText
from huiyin.messaging.rules import ARRIVED, MessageChannel
from huiyin.organisations.models import Post


def bell(post: Post) -> QuerySet[Message]:
    """What arrived at a post's bell, newest first."""
    arrived = Message.objects.filter(recipient_key=f"s:{post.pk}", channel=MessageChannel.IN_SITE, state__in=ARRIVED)
    return arrived.order_by("-id")


def unread_count(post: Post, *, most: int = 100) -> int:
    """How many of them are unread; counting stops at `most`."""
    return bell(post).filter(read_at=None).order_by()[:most].count()


def phones(*, most: int = 12) -> list[str]:
    """Numbers of simulated phones that texts arrived on, the latest first; nothing outside the demonstration."""
    if not settings.HUIYIN_DEMO:
        return []
    latest = SimulatedText.objects.values("phone").annotate(latest=Max("id")).order_by("-latest")
    return [row["phone"] for row in latest[:most]]


def screen(phone: str, *, most: int = 30) -> list[SimulatedText]:
    """The newest texts on a simulated phone; nothing outside the demonstration."""
    if not settings.HUIYIN_DEMO:
        return []
    return list(SimulatedText.objects.filter(phone=phone).order_by("-id")[:most])
