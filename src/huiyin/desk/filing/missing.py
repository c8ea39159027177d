"""What to do about a paper the file still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from huiyin.matters.filing_papers import OUTSIDE_REPLY, FilePaper
from huiyin.matters.models import Matter, Reply
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import may


@dataclass(frozen=True)
class Advice:
    """A sentence, and where it is done when this post may do it."""

    words: str
    label: str = ""
    url: str = ""


LETTERS: Final = frozenset({"letter", "assist_opinion", "second_letter", "signed_draft"})


def advice_on(paper: FilePaper, matter: Matter, actor: PostActor) -> Advice:
    """What makes the paper be there."""
    if paper.code in LETTERS:
        return Advice("文稿印发以后自动入卷。")
    if paper.code == "proposal_sheet":
        return Advice("拟办单批完以后自动入卷。")
    if paper.code == "consult_record":
        words = "补记面商；没有面商的，记明原因，再请办公室负责人说明。"
        return _offer(words, "记录沟通", "desk:acts:record", matter.pk, "matters.record_act", matter, actor)
    if paper.code == "feedback_form" and (reply := _answer(matter)) is not None:
        words = "把签回的表扫描登记；确实没有纸质表的，归档时写明原因。"
        return _offer(words, "登记评价", "desk:ratings:record", reply.pk, "matters.record_rating", reply, actor)
    if paper.code == OUTSIDE_REPLY:
        words = "收到主办单位对代表的答复后登记；确实没有的，归档时写明原因。"
        verb = "matters.record_outside_reply"
        return _offer(words, "登记答复", "desk:joint:record", matter.pk, verb, matter, actor)
    words = f"扫描上传，备注写“{paper.title}”。" if paper.code != "original" else "上传交办的原件，类别选“建议原文”。"
    return _offer(words, "补充材料", "desk:matters:attach", matter.pk, "matters.attach", matter, actor)


def _answer(matter: Matter) -> Reply | None:
    return matter.replies.filter(kind="reply").exclude(issued_on=None).order_by("-round").first()


def _offer(
    words: str, label: str, address: str, key: int, verb: str, target: Matter | Reply, actor: PostActor
) -> Advice:
    return Advice(words, label, reverse(address, args=[key])) if may(actor, verb, target) else Advice(words)
