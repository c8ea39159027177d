"""A rating handed in on the phone site finds its letter and its signer (practice 16)."""

from __future__ import annotations

from datetime import datetime

from huiyin.exchange.actors import account_actor
from huiyin.exchange.models import Slip
from huiyin.exchange.shapes import RatingSlip
from huiyin.kernel.refusals import Refusal
from huiyin.matters.models import Participant, Reply
from huiyin.matters.operations.ratings import RatingFacts, take_site_rating
from huiyin.matters.rating_state import is_satisfied
from huiyin.matters.rules import RatingSource


class LetterNotFound(Refusal):
    """The slip names a letter that its sender has no part in."""

    code = "suggestions.letter_not_found"


def handle(slip: Slip, *, at: datetime) -> str:
    """Take the rating of a slip; the sentence tells the deputy what happens next. Raises LetterNotFound and what
    `take_site_rating` raises."""
    given = RatingSlip.from_json(slip.payload)
    reply, participant = _signer_of(slip, given.reply)
    assert slip.account is not None
    facts = RatingFacts(
        source=RatingSource.OUR_SITE,
        attitude=given.attitude,
        result=given.result,
        rated_on=slip.received_at.astimezone(at.tzinfo).date(),
        met_in_person=given.met_in_person,
        words=given.words,
        agrees_to_publish=given.agrees_to_publish,
    )
    rating = take_site_rating(
        reply=reply, participant=participant, facts=facts, slip_number=slip.number, actor=account_actor(slip.account),
        at=at,
    )  # fmt: skip
    if is_satisfied(rating, at.date()):
        return "评价已收到，谢谢您。工作人员会请您在征询意见表上签名确认。"
    return "评价已收到。承办部门负责人会与您电话联系，并请您在征询意见表上签名确认。"


def _signer_of(slip: Slip, named: str) -> tuple[Reply, Participant]:
    key = named.removeprefix("reply:")
    person_key = slip.account.person_key.removeprefix("p:") if slip.account else ""
    if key.isdigit() and person_key.isdigit():
        reply = Reply.objects.select_related("matter__procuratorate").filter(pk=int(key)).first()
        signers = Participant.objects.filter(matter=reply.matter, person_id=int(person_key)) if reply else None
        signer = signers.exclude(role="inquirer").first() if signers is not None else None
        if reply is not None and signer is not None:
            return reply, signer
    raise LetterNotFound("没有找到您要评价的答复，请返回重新查看。")
