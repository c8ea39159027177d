"""征询意见表: the form on which the deputy rates the answer; printed blank, or with a phone rating to be signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.timezone import localtime

from huiyin.gongwen.structure import Form
from huiyin.kernel.numerals import document_date
from huiyin.matters.kinds import kind_of
from huiyin.matters.models import Participant, Rating, Reply
from huiyin.matters.papers.rows import two, wide
from huiyin.matters.rating_state import grades, standing
from huiyin.matters.recipients import raters
from huiyin.regulations.books import RatingOption, RuleNotFound
from huiyin.regulations.queries import stack_for
from huiyin.regulations.rules import UNIT_LABELS

EMPTY: Final = "□"
TICKED: Final = "☑"


def feedback_forms(reply: Reply) -> tuple[Form, ...]:
    """A form for everybody who may rate the letter, each with his own name; what he rated on the phone is ticked."""
    if not kind_of(reply.matter).is_rated:
        return ()
    given = standing(reply)
    unsigned = {key: rating for key, rating in given.items() if not rating.is_of_record}
    return tuple(feedback_form(reply, participant=each, rating=unsigned.get(each.pk)) for each in raters(reply))


def feedback_form(reply: Reply, *, participant: Participant | None = None, rating: Rating | None = None) -> Form:
    """The form for one letter (domain 8.2). participant: whose copy it is, the lead's when left out."""
    matter, wording = reply.matter, kind_of(reply.matter).wording(reply.matter)
    on = reply.signed_on or localtime(reply.created_at).date()
    who = participant or matter.participants.order_by("position").first()
    scale = grades(matter, on)
    return Form(
        title=wording.rating_form or "办理情况征询意见表",
        organ=matter.procuratorate.name,
        widths=(3, 4, 3, 4),
        meta=(
            f"编号：{wording.subject}",
            f"答复文号：{reply.number or '　　　　'}",
            f"送达日期：{_delivered(reply, who)}",
        ),
        rows=(
            wide("题　　目", matter.title),
            two(wording.proposer, who.name if who else "", "承办单位", matter.procuratorate.name),
            wide("办理态度", _boxes(scale, rating.attitude if rating else "")),
            wide("办理结果", _boxes(scale, rating.result if rating else "")),
            wide("总体评价", _boxes(scale, rating.overall if rating else "")),
            two(
                "是否面商",
                _yes_no(rating.met_in_person if rating else None),
                "是否同意公开",
                _yes_no(rating.agrees_to_publish if rating else None),
            ),
            wide("具体意见\n和建议", rating.words if rating else "", height=62),
        ),
        signatures=(f"{wording.proposer}签名：", "日期：　　年　　月　　日"),
        notes=tuple(_notes(reply, rating)),
    )


def _delivered(reply: Reply, who: Participant | None) -> str:
    """The day this signer received the letter; room to write it while it is not delivered."""
    days = reply.deliveries.filter(participant=who).values_list("delivered_on", flat=True) if who else ()
    return next((document_date(day) for day in days), "　　年　　月　　日")


def _boxes(scale: Iterable[RatingOption], chosen: str) -> str:
    return "　　".join(f"{TICKED if grade.code == chosen else EMPTY}{grade.label}" for grade in scale)


def _yes_no(given: bool | None) -> str:
    yes, no = {True: (TICKED, EMPTY), False: (EMPTY, TICKED), None: (EMPTY, EMPTY)}[given]
    return f"{yes}是　　{no}否"


def _notes(reply: Reply, rating: Rating | None) -> Iterable[str]:
    if rating is not None:
        yield "以上评价由手机端提交，请核对后签名确认；签名后以本表为准。"
    on = reply.signed_on or localtime(reply.created_at).date()
    try:
        limit = stack_for(reply.matter.procuratorate, on=on).limit(kind_of(reply.matter).limits.rating, on)
    except RuleNotFound:
        return
    unit, office = UNIT_LABELS[limit.unit], kind_of(reply.matter).wording(reply.matter).liaison
    yield f"请于收到答复之日起{limit.count}{unit}内填写签名，交回{reply.matter.procuratorate.name}{office}。"
