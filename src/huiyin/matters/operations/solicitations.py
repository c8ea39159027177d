"""征求意见稿: a marked version goes to the deputy before it is sent up; what the deputy says of it (practice 14)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.matters.drafting import OPINION, is_unwritten, latest, marks_left, text_of
from huiyin.matters.kinds import publish
from huiyin.matters.letters import LetterText
from huiyin.matters.models import Participant, Reply, ReplyVersion, Solicitation
from huiyin.matters.operations.replies import NotDrafting
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Mode, ReplyStatus
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require

Answer = Literal["agrees", "changes", "silent"]


class SolicitationDayWrong(Refusal):
    """Given before it could be, or to be answered before it was given."""

    code = "matters.solicitation_day_wrong"


class DraftUnfinished(Refusal):
    """What is decided later would have to be laid before the deputy again."""

    code = "matters.draft_unfinished"


class AlreadyAnswered(Refusal):
    """What the deputy said stands; a second version gets its own answer."""

    code = "matters.already_answered"


@operation
def solicit(
    *,
    reply: Reply,
    participant: Participant,
    mode: Mode,
    given_on: date,
    answer_by_on: date,
    actor: PostActor,
    at: datetime,
) -> Solicitation:
    """Mark the newest text as the one given to somebody who brought the matter, to be answered by a day.

    Raises NotAllowed, NotDrafting, DraftUnfinished, SolicitationDayWrong."""
    require(actor, "matters.solicit", reply.matter)
    if reply.status != ReplyStatus.DRAFT:
        raise NotDrafting("文稿送审以前才能送征求意见稿。")
    if given_on > at.date() or answer_by_on < given_on:
        raise SolicitationDayWrong("送出日期不能晚于今天，答复期限不能早于送出日期，请核对。")
    version = latest(reply)
    _require_finished(reply, text_of(version))
    ReplyVersion.objects.filter(pk=version.pk).update(kind="solicited")
    given, _ = Solicitation.objects.update_or_create(
        reply_version=version, participant=participant, answer="",
        defaults={"mode": mode, "given_on": given_on, "given_by": actor.post, "answer_by_on": answer_by_on},
    )  # fmt: skip
    facts = {"reply": reply.pk, "number": version.number, "to": participant.name, "mode": mode.value}
    record("matters.draft_solicited", actor=actor, target=target(reply.matter), at=at, **facts)
    publish(reply.matter, at=at)
    return given


def _require_finished(reply: Reply, text: LetterText) -> None:
    if is_unwritten(reply, text):
        raise DraftUnfinished("正文还没有写答复内容，写好以后再送征求意见。")
    if reply.kind != OPINION and text.publish is None:
        raise DraftUnfinished("请先选定“本答复是否公开”再送征求意见稿，免得选定后又要征求一次。")
    for sentence in marks_left(text, before="送征求意见"):
        raise DraftUnfinished(sentence)


@operation
def answer_solicitation(
    *, solicitation: Solicitation, answer: Answer, answered_on: date, words: str, actor: PostActor, at: datetime
) -> Solicitation:
    """Record what was said of the draft: agrees, wishes changes, or no answer by the day.

    Raises NotAllowed, AlreadyAnswered, SolicitationDayWrong."""
    reply = solicitation.reply_version.reply
    require(actor, "matters.solicit", reply.matter)
    if answered_on > at.date() or answered_on < solicitation.given_on:
        raise SolicitationDayWrong("答复日期应在送出日期与今天之间，请核对。")
    if answer == "silent" and at.date() <= solicitation.answer_by_on:
        raise SolicitationDayWrong("约定的答复日期还没有过，不能登记为逾期未答复。")
    if answer == "changes" and not words.strip():
        raise SolicitationDayWrong("希望修改的，请写明修改意见。")
    waiting = Solicitation.objects.filter(pk=solicitation.pk, answer="")
    if not waiting.update(answer=answer, answered_on=answered_on, words=words.strip()):
        raise AlreadyAnswered("这份征求意见稿的答复已经登记过了。")
    solicitation.refresh_from_db()
    facts = {"reply": reply.pk, "answer": answer, "who": solicitation.participant.name}
    record("matters.solicitation_answered", actor=actor, target=target(reply.matter), at=at, **facts)
    publish(reply.matter, at=at)
    return solicitation
