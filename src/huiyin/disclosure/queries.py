"""What may be published, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from huiyin.disclosure.models import Publication
from huiyin.disclosure.rules import RUNNING, Finding, findings
from huiyin.gongwen.structure import lines_of
from huiyin.matters.drafting import ANSWERS, latest, text_of
from huiyin.matters.models import Matter, Rating, Reply
from huiyin.matters.rating_state import standing
from huiyin.matters.recipients import raters
from huiyin.matters.rules import Visibility
from huiyin.organisations.models import Post
from huiyin.organisations.rules import Role


@dataclass(frozen=True)
class Consent:
    """What the signers said of publishing: names of those who agreed, refused, said nothing."""

    agreed: tuple[str, ...]
    refused: tuple[str, ...]
    silent: tuple[str, ...]


def consent_of(reply: Reply) -> Consent:
    """What every signer ticked on his form, or on the phone."""
    given = standing(reply)
    said = {each.name: given[each.pk].agrees_to_publish if each.pk in given else None for each in raters(reply)}
    by = {answer: tuple(name for name, each in said.items() if each is answer) for answer in (True, False, None)}
    return Consent(by[True], by[False], by[None])


def public_text(reply: Reply) -> tuple[str, str]:
    """Title and text to begin with: the letter without salutation, contact and copies; one paragraph a line."""
    text = text_of(latest(reply))
    return text.title, "\n".join(lines_of(text.printed_body))


def findings_in(reply: Reply, title: str, text: str) -> list[Finding]:
    """What in the text points to people, those of the matter by name."""
    people = [each.name for each in raters(reply)]
    parts = reply.matter.undertakings.exclude(handler=None).select_related("handler__staff")
    handlers = [part.handler.staff.name for part in parts if part.handler is not None]
    return findings(f"{title}\n{text}", names=[*people, *handlers])


def why_not_publish(reply: Reply) -> str:
    """The sentence that says why an answer cannot be proposed; "" when it can."""
    if reply.kind not in ANSWERS or reply.issued_on is None:
        return "答复印发以后才能提出公开。"
    if reply.matter.visibility == Visibility.SEALED:
        return "这件事项不公开。"
    if text_of(latest(reply)).publish is not True:
        return "这份答复签发时定为不予公开，不能公开。"
    refused = consent_of(reply).refused
    return f"{'、'.join(refused)}不同意公开，不能公开。" if refused else ""


def running_publication(reply: Reply) -> Publication | None:
    """The proposal or publication of a letter that stands."""
    return reply.publications.filter(status__in=RUNNING).first()


def waiting_counts(post: Post) -> dict[str, int]:
    """How many wait for this post: to check, to approve."""
    checked = Q(status="checked") if post.role_enum is Role.CHIEF else Q(status="checked", matter__leader=post)
    seen = Publication.objects.open_to(post).order_by()
    return seen.aggregate(check=Count("pk", filter=Q(status="proposed")), approve=Count("pk", filter=checked))


def publishable(post: Post) -> list[Reply]:
    """Answers delivered, to be published by their own words, refused by nobody and not proposed yet, of the latest
    hundred; two queries however many there are."""
    seen = Reply.objects.filter(matter__in=Matter.objects.open_to(post), kind__in=ANSWERS, status="delivered")
    refused = Rating.objects.filter(reply=OuterRef("pk"), agrees_to_publish=False)
    rows = seen.filter(~Exists(refused), publications=None).select_related("matter", "number")
    shown = rows.prefetch_related("versions").order_by("-id")[:100]
    return [reply for reply in shown if text_of(list(reply.versions.all())[-1]).publish is True]
