"""How the engine sees a suggestion, a proposal and a case inquiry: register, limits, chains, wording."""

from __future__ import annotations

from datetime import date
from typing import Final

from huiyin.gongwen.salutation import Addressee, Answer, closing, feedback_form_title, opening
from huiyin.matters.kinds import KindLimits, MatterKind, Wording, register_kind
from huiyin.matters.limit_codes import LimitCode
from huiyin.matters.models import Matter
from huiyin.organisations.models import Procuratorate
from huiyin.regulations.books import Limit
from huiyin.regulations.queries import stack_for
from huiyin.suggestions import cards
from huiyin.suggestions.models import Conversion, Suggestion
from huiyin.suggestions.rules import SIDE_LABELS, Side
from huiyin.suggestions.wording import noun_of, place_of, reply_title, salutation, subject

SUGGESTION: Final = "suggestion"
PROPOSAL: Final = "proposal"
CASE_INQUIRY: Final = "case_inquiry"
ADDRESSEES: Final = {Side.DEPUTY: Addressee.DEPUTY, Side.MEMBER: Addressee.MEMBER, Side.PROPOSER: Addressee.PARTY}
ACCOUNTED: Final = (SUGGESTION, PROPOSAL)
"""The kinds that the handling report counts."""


def kind_code(side: Side) -> str:
    """A deputy's matter is a suggestion, a member's or a proposer's a proposal: own register, own limits."""
    return SUGGESTION if side is Side.DEPUTY else PROPOSAL


def answer_limit(limits: KindLimits, *, office: Procuratorate, session: int | None, on: date) -> str:
    """The code of the limit an answer runs on: between sessions the books may have one of its own."""
    between = limits.reply_between if session is None else ""
    return between if between and stack_for(office, on).find(Limit, between, on) else limits.reply


def register_kinds() -> None:
    """Called once, from SuggestionsConfig.ready()."""
    deputies = KindLimits(
        reply=LimitCode.SUG_REPLY,
        assist=LimitCode.SUG_ASSIST,
        first_contact=LimitCode.SUG_FIRST_CONTACT,
        not_ours=LimitCode.SUG_RETURN,
        redo=LimitCode.SUG_REDO,
        rating=LimitCode.SUG_RATING,
    )
    members = KindLimits(
        reply=LimitCode.PRO_REPLY,
        reply_between=LimitCode.PRO_REPLY_BETWEEN,
        assist=LimitCode.PRO_ASSIST,
        first_contact=LimitCode.PRO_FIRST_CONTACT,
        not_ours=LimitCode.PRO_RETURN,
        redo=LimitCode.PRO_REDO,
        rating=LimitCode.PRO_RATING,
    )
    register_kind(_kind(SUGGESTION, "代表建议", "register:suggestion", "{prefix}建〔{year}〕{value}号", deputies))
    register_kind(_kind(PROPOSAL, "政协提案", "register:proposal", "{prefix}提〔{year}〕{value}号", members))
    register_kind(
        MatterKind(
            code=CASE_INQUIRY,
            label="案件咨询",
            register_series="register:case_inquiry",
            register_pattern="{prefix}询〔{year}〕{value}号",
            limits=KindLimits(),
            letter_chain="",
            opinion_chain="",
            wording=_inquiry_wording,
        )
    )


def _kind(code: str, label: str, series: str, pattern: str, limits: KindLimits) -> MatterKind:
    return MatterKind(
        code=code,
        label=label,
        register_series=series,
        register_pattern=pattern,
        limits=limits,
        letter_chain="letter",
        opinion_chain="assist_opinion",
        wording=wording_of,
        on_register=True,
        rated_by_all=code == SUGGESTION,
        publish=cards.publish,
        came_with=came_with,
        assigner=lambda matter: Suggestion.objects.select_related("body").get(pk=matter.pk).body,
        assigned_by=lambda office, body, on: Matter.objects.filter(
            procuratorate=office, kind=code, suggestion__body__kind=body
        ),
        sealed_away=lambda matter: converted(matter) is not None,
    )


def came_with(matter: Matter) -> tuple[str, str]:
    """来文单位 and 来文号, as the register of what came in prints them."""
    facts = matter.suggestion
    return facts.body.name if facts.body else "", facts.list_number


def converted(matter: Matter) -> Conversion | None:
    """The conversion that was agreed to: what the case needs has left for a sealed inquiry."""
    return matter.conversions.filter(verdict="agreed").order_by("-whole", "id").first()


def wording_of(matter: Matter) -> Wording:
    """How papers about this suggestion or proposal speak."""
    facts = Suggestion.objects.select_related("body").get(pk=matter.pk)
    side = Side(facts.side)
    place = place_of(matter.procuratorate.name)
    names = [each.name for each in matter.participants.all() if each.role != "inquirer"]
    assigner = facts.body.name if facts.body else ""
    addressee = ADDRESSEES[side]
    noun, signers = noun_of(side, facts.docketing, facts.kind), max(len(names), facts.signer_count)
    title = reply_title(place, side, facts.term, facts.session, matter.external_number, noun)
    return Wording(
        noun=noun,
        proposer=SIDE_LABELS[side],
        salutation=salutation(names, side, signers),
        title=title,
        subject=subject(facts.session, matter.external_number, noun),
        copies=(assigner,) if assigner else (),
        assigner=assigner,
        addressee_of_opinion=facts.lead_unit,
        opening=opening(addressee, matter.title, signers=signers),
        thanks=closing(addressee, signers=signers),
        liaison="代表委员联络办公室" if side is Side.DEPUTY else "联络办公室",
        rating_form=feedback_form_title(addressee),
        opinion_title=title.removesuffix(Answer.REPLY.value) + Answer.ASSISTING_OPINION.value,
        second_title=title.removesuffix(Answer.REPLY.value) + Answer.FURTHER_REPLY.value,
    )


def _inquiry_wording(matter: Matter) -> Wording:
    return Wording(
        noun="案件咨询",
        proposer=SIDE_LABELS[Side.DEPUTY],
        salutation="",
        title=f"关于{matter.number}案件咨询的答复记录",
        subject=matter.number,
    )
