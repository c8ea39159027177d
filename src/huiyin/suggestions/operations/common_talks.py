"""座谈调研 on a common problem: recorded once it was held; its version moves, so that who analyses reads it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from huiyin.audit.scope import operation, record
from huiyin.kernel.text import clip
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.suggestions.models import TALK_LABELS, CommonProblem, TalkForm, ThemeTalk
from huiyin.suggestions.operations.common_problems import CannotGather, target_of, write


@dataclass(frozen=True, kw_only=True)
class TalkFacts:
    """One meeting or inquiry on the spot. took_part: deputies, departments, other organs."""

    form: TalkForm
    held_on: date
    took_part: str
    said: str
    place: str = ""


@operation
def discuss_problem(
    *, problem: CommonProblem, facts: TalkFacts, request_key: UUID, actor: PostActor, version: int, at: datetime
) -> ThemeTalk:
    """Record what was heard; one request_key records once. Raises NotAllowed, CannotGather."""
    require(actor, "suggestions.discuss_problem", problem)
    talk = ThemeTalk.objects.filter(recorded_by=actor.post, request_key=request_key).first()
    made = talk is None
    if talk is None:
        if not facts.took_part.strip() or not facts.said.strip():
            raise CannotGather("请写明参加的人和听到的意见。")
        if facts.held_on > at.date():
            raise CannotGather(f"{TALK_LABELS[facts.form]}日期不能晚于今天，举行以后再登记。")
        write(problem, version)
        talk = ThemeTalk.objects.create(
            problem=problem, form=facts.form, held_on=facts.held_on, place=clip(facts.place.strip(), 120),
            took_part=clip(facts.took_part.strip(), 500), said=facts.said.strip(), recorded_by=actor.post,
            recorded_at=at, request_key=request_key,
        )  # fmt: skip
    told = {"form": talk.form, "held_on": talk.held_on, "again": not made}
    record("suggestions.problem_discussed", actor=actor, target=target_of(problem), at=at, **told)
    return talk
