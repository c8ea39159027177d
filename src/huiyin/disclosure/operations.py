"""From proposal to the public page, and back: three people look before anything leaves (practice 9, S0-29)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from huiyin.audit.scope import operation, record
from huiyin.disclosure.models import Publication
from huiyin.disclosure.queries import consent_of, findings_in, running_publication, why_not_publish
from huiyin.disclosure.rules import PublicationStatus, PublicationStep, next_publication_status
from huiyin.exchange.operations import publish as publish_card
from huiyin.exchange.operations import withdraw
from huiyin.exchange.shapes import PUBLISHED, LetterLine, Published
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Reply
from huiyin.matters.operations.undertakings import target
from huiyin.matters.queries import posts_with
from huiyin.matters.rules import MatterMovedOn
from huiyin.messaging.operations import queue
from huiyin.messaging.rules import Lane
from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import require
from huiyin.organisations.rules import Role


class CannotPublish(Refusal):
    """The letter is not to be published, a deputy refused, or the text says too much."""

    code = "disclosure.cannot_publish"


class SamePerson(Refusal):
    """Who proposes, who checks and who approves are three people."""

    code = "disclosure.same_person"


class ReasonMissing(Refusal):
    """A return or a taking back says why."""

    code = "disclosure.reason_missing"


@operation
def propose_publication(
    *,
    reply: Reply,
    title: str,
    text: str,
    reason: str = "",
    consent_note: str = "",
    actor: PostActor,
    request_key: UUID,
    at: datetime,
) -> Publication:
    """Propose the public text of an answer; the same request key again gives the first proposal.

    reason: why phones or names that were found stay in. consent_note: how deputies agreed who ticked nothing.
    Raises NotAllowed, CannotPublish."""
    matter = reply.matter
    require(actor, "disclosure.propose", matter)
    again = Publication.objects.filter(proposed_by=actor.post, request_key=request_key).first()
    if again is None:
        _check_letter(reply, consent_note)
        _check_text(reply, title, text, reason)
    made = again or Publication.objects.create(
        matter=matter, reply=reply, procuratorate=matter.procuratorate, title=clip(title.strip(), 200),
        text=text.strip(), reason=clip(reason.strip(), 300), consent_note=clip(consent_note.strip(), 300),
        proposed_by=actor.post, proposed_at=at, request_key=request_key,
    )  # fmt: skip
    for post in posts_with(matter.procuratorate, Role.SECRECY_REVIEWER, on=at.date()):
        _tell(made, post, "proposed", "待作公开前审查", "请审查是否涉密、是否涉及个人隐私。", at)
    record(
        "disclosure.proposed", actor=actor, target=target(matter), at=at, publication=made.pk, reply=reply.pk,
        again=again is not None,
    )  # fmt: skip
    return made


def _check_letter(reply: Reply, consent_note: str) -> None:
    Reply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    sentence = why_not_publish(reply)
    if not sentence and running_publication(reply) is not None:
        sentence = "这份答复已经提出过公开，请看“答复公开”里的进度。"
    silent = consent_of(reply).silent
    if not sentence and silent and not consent_note.strip():
        sentence = f"{'、'.join(silent)}在征询意见表上没有表示是否同意公开，请征得同意，并写明怎样、何时同意的。"
    if sentence:
        raise CannotPublish(sentence)


def _check_text(reply: Reply, title: str, text: str, reason: str) -> None:
    if not title.strip() or not text.strip():
        raise CannotPublish("请填写公开标题和公开文本。")
    found = findings_in(reply, title, text)
    gone = [f"第{hit.line}行有{hit.label}“{hit.snippet}”" for hit in found if hit.must_go]
    if gone:
        raise CannotPublish(f"{'；'.join(gone)}，必须删去后再提出（第1行是标题）。")
    if found and not reason.strip():
        named = "；".join(f"第{hit.line}行{hit.label}“{hit.snippet}”" for hit in found)
        raise CannotPublish(f"公开文本中有：{named}。请删去或者改为“某”；确需保留的，写明理由（第1行是标题）。")


@operation
def check_publication(
    *, publication: Publication, passes: bool, opinion: str, actor: PostActor, version: int, at: datetime
) -> Publication:
    """The secrecy and privacy check: lets it go up, or returns it with a word why.

    Raises NotAllowed, SamePerson, ReasonMissing, PublicationStepNotAllowed, MatterMovedOn."""
    require(actor, "disclosure.check", publication)
    _other_than(actor, publication.proposed_by)
    _say_why(opinion, needed=not passes)
    step = PublicationStep.PASS if passes else PublicationStep.RETURN
    _advance(publication, step, version, checked_by=actor.post, checked_at=at, check_opinion=clip(opinion.strip(), 300))
    if passes:
        _tell_leaders(publication, at)
    else:
        _tell(publication, publication.proposed_by, "returned", "公开申请退回", opinion, at)
    record(
        "disclosure.checked", actor=actor, target=target(publication.matter), at=at, publication=publication.pk,
        passes=passes,
    )  # fmt: skip
    return publication


@operation
def approve_publication(
    *, publication: Publication, agrees: bool, opinion: str, actor: PostActor, version: int, at: datetime
) -> Publication:
    """The leader lets it out, at once for everyone, or returns it with a word why.

    Raises NotAllowed, SamePerson, CannotPublish, ReasonMissing, PublicationStepNotAllowed, MatterMovedOn."""
    require(actor, "disclosure.approve", publication)
    _other_than(actor, publication.proposed_by, publication.checked_by)
    _say_why(opinion, needed=not agrees)
    if agrees and (hindrance := why_not_publish(publication.reply)):
        raise CannotPublish(hindrance)
    given: dict[str, Any] = {
        "decided_by": actor.post, "decided_at": at, "decision_opinion": clip(opinion.strip(), 300),
    }  # fmt: skip
    if agrees:
        _advance(publication, PublicationStep.APPROVE, version, published_on=at.date(), **given)
        _send(publication, at)
    else:
        _advance(publication, PublicationStep.RETURN, version, **given)
    _tell(
        publication, publication.proposed_by, "decided", "答复已公开" if agrees else "公开申请退回",
        opinion or "已批准。", at,
    )  # fmt: skip
    record(
        "disclosure.approved" if agrees else "disclosure.returned", actor=actor, target=target(publication.matter),
        at=at, publication=publication.pk,
    )  # fmt: skip
    return publication


@operation
def take_back_publication(
    *, publication: Publication, reason: str, actor: PostActor, version: int, at: datetime
) -> Publication:
    """Take a published answer off the public page; the reason stays in the house.

    Raises NotAllowed, ReasonMissing, PublicationStepNotAllowed, MatterMovedOn."""
    require(actor, "disclosure.take_back", publication)
    _say_why(reason, needed=True)
    _advance(
        publication, PublicationStep.TAKE_BACK, version, taken_back_by=actor.post, taken_back_at=at,
        taken_back_reason=clip(reason.strip(), 300),
    )  # fmt: skip
    withdraw(account=None, kind=PUBLISHED, key=f"publication:{publication.pk}", at=at)
    record(
        "disclosure.taken_back", actor=actor, target=target(publication.matter), at=at, publication=publication.pk,
        reason=publication.taken_back_reason,
    )  # fmt: skip
    return publication


def _send(publication: Publication, at: datetime) -> None:
    """The card for everyone: the checked text and nothing else of the matter."""
    wording = kind_of(publication.matter).wording(publication.matter)
    assert publication.reply.signed_on is not None
    assert publication.published_on is not None
    lines = tuple(LetterLine(kind="body", text=line) for line in publication.text.splitlines() if line.strip())
    body = Published(
        about=wording.subject, office=publication.procuratorate.name, answered_on=publication.reply.signed_on,
        published_on=publication.published_on, lines=lines,
    )  # fmt: skip
    publish_card(
        account=None, kind=PUBLISHED, key=f"publication:{publication.pk}", title=publication.title,
        body=body.to_json(), accepts=[], files=[], at=at, position_at=at,
    )  # fmt: skip


def _advance(publication: Publication, step: PublicationStep, version: int, **updates: Any) -> None:
    new = next_publication_status(PublicationStatus(publication.status), step)
    as_read = Publication.objects.filter(pk=publication.pk, version=version)
    if not as_read.update(version=F("version") + 1, status=new, **updates):
        raise MatterMovedOn("这份公开申请刚刚由同事办理过，页面内容已不是最新。请刷新后再办。")
    publication.refresh_from_db()


def _other_than(actor: PostActor, *earlier: Post | None) -> None:
    if any(post is not None and post.staff_id == actor.post.staff_id for post in earlier):
        raise SamePerson("提出、审查、批准公开须由不同的人办理，请由其他同志办理。")


def _say_why(words: str, *, needed: bool) -> None:
    if needed and not words.strip():
        raise ReasonMissing("请写明理由。")


def _tell_leaders(publication: Publication, at: datetime) -> None:
    office, leader = publication.procuratorate, publication.matter.leader
    told = [leader] if leader is not None else posts_with(office, Role.CHIEF, on=at.date())
    for post in told:
        _tell(publication, post, "checked", "待批准公开", "已通过保密和隐私审查，请批准是否公开。", at)


def _tell(publication: Publication, post: Post, event: str, title: str, words: str, at: datetime) -> None:
    queue(
        event_key=f"publication:{publication.pk}:{event}", title=f"{title}：{publication.matter.known_as}",
        body=f"{publication.matter.known_as}的答复：{words}", at=at, post=post, lane=Lane.STATUTORY,
        link=f"/desk/publications/{publication.pk}/", procuratorate=publication.procuratorate,
    )  # fmt: skip
