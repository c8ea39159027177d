"""The four stages (四阶段) of a matter, read from what happened. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from huiyin.matters.rules.words import STAGE_LABELS, Stage

StageState = Literal["done", "passed", "now", "todo"]


@dataclass(frozen=True, kw_only=True)
class StageFacts:
    """What happened in the present round. contacts: of each stage the first day of a contact that took place.

    since: the day the matter began to be handled anew; of older contacts only the one before handling still counts."""

    contacts: Mapping[Stage, date] = field(default_factory=dict)
    solicited_on: date | None = None  # 征求意见稿 first given to somebody who brought the matter
    issued_on: date | None = None
    delivered_on: date | None = None  # to everyone who must have the letter
    since: date | None = None
    is_over: bool = False  # filed, or given back: no stage is in hand any more


@dataclass(frozen=True, kw_only=True)
class StageShown:
    """One stage as the desk and the phone show it; passed: a later one came first. on: the day it was done or began."""

    stage: Stage
    label: str
    state: StageState
    on: date | None = None


def four_stages(facts: StageFacts) -> tuple[StageShown, ...]:
    """The stages in order, each done, passed over, in hand or to come (decision 8; practice 22)."""
    done = {stage: _done_on(stage, facts) for stage in Stage}
    order = list(Stage)
    furthest = max((place for place, stage in enumerate(order) if done[stage]), default=-1)
    now = furthest + 1
    if facts.issued_on is not None:
        now = max(now, order.index(Stage.AFTER))
    return tuple(_shown(stage, place, now, done[stage], facts) for place, stage in enumerate(order))


def _shown(stage: Stage, place: int, now: int, day: date | None, facts: StageFacts) -> StageShown:
    label = STAGE_LABELS[stage]
    if day is not None:
        return StageShown(stage=stage, label=label, state="done", on=day)
    if place < now:
        return StageShown(stage=stage, label=label, state="passed")
    if place > now or facts.is_over:
        return StageShown(stage=stage, label=label, state="todo")
    began = facts.issued_on if stage is Stage.AFTER else None
    return StageShown(stage=stage, label=label, state="now", on=began)


def _done_on(stage: Stage, facts: StageFacts) -> date | None:
    spoken = facts.contacts.get(stage)
    if spoken and facts.since and stage is not Stage.BEFORE and spoken < facts.since:
        spoken = None
    written = {Stage.DURING: facts.solicited_on, Stage.AFTER: facts.delivered_on}.get(stage)
    return min((day for day in (spoken, written) if day is not None), default=None)
