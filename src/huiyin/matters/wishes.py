"""What those who brought a matter wished changed in a draft, and whether it was changed (practice 14)."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.matters.drafting import latest, text_of
from huiyin.matters.models import Reply, Solicitation


@dataclass(frozen=True)
class Heard:
    """One draft given for comment. unheeded: changes were asked for and the newest text still reads like it."""

    given: Solicitation
    unheeded: bool


def heard(reply: Reply) -> list[Heard]:
    """Drafts of a letter given for comment, wishes for changes first, then the latest."""
    rows = Solicitation.objects.filter(reply_version__reply=reply)
    given = list(rows.select_related("participant", "reply_version", "given_by__staff", "unchanged_by__staff"))
    if not given:
        return []
    now = text_of(latest(reply))
    found = [Heard(each, each.is_wish and text_of(each.reply_version).reads_like(now)) for each in given]
    return sorted(found, key=lambda each: (not each.given.is_wish, -each.given.pk))


def unheeded(reply: Reply) -> list[Solicitation]:
    """Wishes for changes after which the text stayed as it was."""
    return [each.given for each in heard(reply) if each.unheeded]
