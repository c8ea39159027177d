"""What the open papers of a suggestion say of a case that leaves for a sealed inquiry: number only, or nothing.

Always inside the operation that converts, before the title changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import Q

from huiyin.approvals.models import Approval
from huiyin.kernel.text import clip
from huiyin.matters.drafting import running_reply
from huiyin.matters.models import ClockEvent, FileBundle, Matter, Supervision, SupervisionReport
from huiyin.matters.moves import advance_reply
from huiyin.matters.operations.recompute import recompute_matter
from huiyin.matters.operations.replies_signing import SUBJECT as LETTER
from huiyin.matters.rules import SEALED_AWAY, ReplyStatus, ReplyStep
from huiyin.messaging.models import Message
from huiyin.numbering.models import Number
from huiyin.organisations.actors import PostActor
from huiyin.regulations.queries import stack_for

TELLING: Final = {"undertakings": "undertakings", "replies": "replies"}  # page → what of the matter it shows
PRESSING: Final = {"extensions": "extensions", "supervisions": "supervisions", "superior": "superior_orders"}
_MORE: Final = re.compile(r"等[0-9]+件$")


def erase(matter: Matter, actor: PostActor, at: datetime) -> bool:
    """Take the case out of labels, messages, drafts, requests and the bound file; True where requests were emptied."""
    _labels(matter)
    _messages(matter)
    _drafts(matter, actor, at)
    _reasons(matter, at)
    _orders(matter)
    _emphasis(matter, at)
    FileBundle.objects.filter(matter=matter).delete()
    return bool(matter.items.all().delete()[0])


def _labels(matter: Matter) -> None:
    for approval in Approval.objects.filter(matter_links__matter=matter).distinct():
        label = _numbered(approval.subject_label, matter)
        Approval.objects.filter(pk=approval.pk).update(subject_label=label)
    letters = [str(key) for key in matter.replies.values_list("pk", flat=True)]
    for number in Number.objects.filter(subject_kind=LETTER, subject_key__in=letters):
        Number.objects.filter(pk=number.pk).update(subject_label=_numbered(number.subject_label, matter))


def _numbered(label: str, matter: Matter) -> str:
    """A label "答复函：162001 标题" or "拟办单…：162001《标题》等3件" without the title of this matter."""
    head, _, rest = label.partition("：")
    if rest.startswith((f"{matter.known_as} ", f"{matter.known_as}《", f"《{matter.title}》")):
        more = _MORE.search(rest)
        return f"{head}：{matter.known_as}{more.group() if more else ''}"
    return label


def _messages(matter: Matter) -> None:
    told = Q(link__startswith=f"/desk/matters/{matter.pk}/") | _links(matter, TELLING)
    pressing = _links(matter, PRESSING)  # they say why, in words of whoever pressed
    named = Q(title__contains=matter.title) | Q(body__contains=matter.title)
    own = Q(procuratorate=matter.procuratorate_id) & (named | (told & Q(body__contains="《")))
    for message in Message.objects.filter(own | pressing):
        heading = message.title.replace(f"《{matter.title}》", "").replace(matter.title, "").strip()
        if matter.known_as not in heading:
            heading = f"{heading}：{matter.known_as}" if heading else matter.known_as
        Message.objects.filter(pk=message.pk).update(title=clip(heading, 120), body=f"{heading}。请登录查看。")


def _links(matter: Matter, rooms: Mapping[str, str]) -> Q:
    found = Q(pk__in=[])
    for page, name in rooms.items():
        for key in getattr(matter, name).values_list("pk", flat=True):
            found |= Q(link__startswith=f"/desk/{page}/{key}/")
    return found


def _reasons(matter: Matter, at: datetime) -> None:
    """Why more time was asked for may name the case; the days stay, and who allowed them."""
    if matter.extensions.update(reason="", told_note=""):
        ClockEvent.objects.filter(deadline__matter=matter).update(reason="")
        recompute_matter(matter, cause="删去延期理由", at=at)


def _orders(matter: Matter) -> None:
    """Why somebody was pressed, here or by an office above, and what was reported may name the case, too."""
    Supervision.objects.filter(matters=matter).update(reason="", demand="", remark="", end_reason="")
    SupervisionReport.objects.filter(supervision__matters=matter).update(text="", remarks="", file=None)
    matter.superior_orders.update(ground="", reason="", report="", end_remark="")


def _emphasis(matter: Matter, at: datetime) -> None:
    """Why it weighs more, or is handled together with another, in words of one's own; criteria of the book stay."""
    on = at.date()
    of_book = {each.title for each in stack_for(matter.procuratorate, on=on).key_criteria(on)}
    matter.key_reason = "；".join(each for each in matter.key_reason.split("；") if each in of_book)
    Matter.objects.filter(pk=matter.pk).update(key_reason=matter.key_reason)
    matter.emphases.update(reason="")
    matter.relations.update(note="")
    matter.relations_from.update(note="")


def _drafts(matter: Matter, actor: PostActor, at: datetime) -> None:
    """The draft is void, and no draft given up, now or before, is read any more."""
    reply = running_reply(matter)
    if reply is not None:
        advance_reply(reply, ReplyStep.VOID, version=reply.version, at=at, voided_at=at, voided_by=actor.post)
    matter.replies.filter(status=ReplyStatus.VOIDED).update(void_reason=SEALED_AWAY)
