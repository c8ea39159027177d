"""The four stages of a matter, read for the desk and the phone alike (decision 8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.matters.drafting import ANSWERS
from huiyin.matters.models import Act, Deadline, Matter, Reply, Solicitation
from huiyin.matters.rules import RETURNED, WITH_THE_PROPOSER, Stage, StageFacts, StageShown, Status, four_stages


def stages_of(
    matter: Matter, *, acts: Iterable[Act] | None = None, letters: Iterable[Reply] | None = None
) -> tuple[StageShown, ...]:
    """The four stages of a matter from what happened; acts and letters where the reader has them already."""
    acts = matter.acts.all() if acts is None else acts
    letters = matter.replies.all() if letters is None else letters
    spoken = [act for act in acts if act.held and act.stage and act.kind in WITH_THE_PROPOSER]
    contacts: dict[Stage, date] = {}
    for act in sorted(spoken, key=lambda act: act.happened_on, reverse=True):
        contacts[Stage(act.stage)] = act.happened_on
    answers = [letter for letter in letters if letter.kind in ANSWERS and letter.round == matter.round]
    given = Solicitation.objects.filter(reply_version__reply__matter=matter, reply_version__reply__round=matter.round)
    facts = StageFacts(
        contacts=contacts,
        solicited_on=given.order_by("given_on").values_list("given_on", flat=True).first(),
        issued_on=min((letter.issued_on for letter in answers if letter.issued_on), default=None),
        delivered_on=min((letter.delivered_on for letter in answers if letter.delivered_on), default=None),
        since=begun_anew_on(matter),
        is_over=matter.status == Status.ARCHIVED or matter.outcome == RETURNED,
    )
    return four_stages(facts)


def begun_anew_on(matter: Matter) -> date | None:
    """The day the present round began; None in the first."""
    if matter.round == 1:
        return None
    anew = Deadline.objects.filter(matter=matter, round=matter.round, undertaking=None, letter=None, commitment=None)
    return anew.order_by("starts_on").values_list("starts_on", flat=True).first()
