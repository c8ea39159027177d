"""What such a matter says when it comes in, and what it must not leave out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters.models import Matter
from huiyin.organisations.models import CongressBody, Post
from huiyin.oversight.rules import KIND_LABELS, LISTED, MIDDLE_AND_ABOVE, REQUIRED, Kind
from huiyin.regulations.rules.wording import day_text
from huiyin.suggestions.facts import number_key


class FactsMissing(Refusal):
    """Something this kind must say is not said."""

    code = "oversight.facts_missing"


class TooJunior(Refusal):
    """Who listens, answers at a meeting or answers for a matter is of middle rank or above (S0-48)."""

    code = "oversight.too_junior"


class DaysOutOfOrder(Refusal):
    """Days that cannot follow one another."""

    code = "oversight.days_out_of_order"


@dataclass(frozen=True, kw_only=True)
class OversightFacts:
    """The facts of one such matter. answer_by_on: the day whoever asked named; None: the rule book counts it.

    told: deputies or members who are to hear what came of it beside the body; linked: suggestions, inspections it goes
    back to."""

    kind: Kind
    title: str
    body: str = ""
    asker: CongressBody
    term: int
    session: int | None = None
    number: str
    assigned_on: date
    received_on: date
    form: str = ""
    scope: str = ""
    occasion: str = ""
    held_on: date | None = None
    asked_by: str = ""
    signed_by: str = ""
    signed_count: int | None = None
    delegation: str = ""
    committee: CongressBody | None = None
    listener: Post | None = None
    owner: Post | None = None
    answerer: Post | None = None
    answer_mode: str = ""
    answer_by_on: date | None = None
    materials: str = ""
    opinions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    linked: tuple[Matter, ...] = ()

    @property
    def row_key(self) -> str:
        """What makes it the same paper entered twice: kind, body, term, number."""
        return clip(f"{self.kind.value}:{self.asker.pk}:{self.term}:{number_key(self.number)}", 160)


def check_facts(facts: OversightFacts, on: date) -> None:
    """What no clerk may leave out. Raises FactsMissing, TooJunior, DaysOutOfOrder."""
    missing = [label for name, label in REQUIRED[facts.kind].items() if not getattr(facts, name)]
    if missing:
        raise FactsMissing(f"登记{KIND_LABELS[facts.kind]}还要写明：{'、'.join(missing)}。")
    for post, does in ((facts.listener, "听取意见"), (facts.answerer, "答复"), (facts.owner, "负责")):
        if post is not None and post.role_enum not in MIDDLE_AND_ABOVE:
            raise TooJunior(f"{does}的应当是中层以上人员，{post.label}不是，请另选。")
    if facts.received_on < facts.assigned_on:
        raise DaysOutOfOrder(
            f"收到日{day_text(facts.received_on)}早于来文日{day_text(facts.assigned_on)}，请核对两个日期。"
        )
    if facts.received_on > on:
        raise DaysOutOfOrder(f"收到日{day_text(facts.received_on)}还没有到，请核对。")
    if facts.answer_by_on is not None and facts.answer_by_on < facts.assigned_on:
        raise DaysOutOfOrder(f"要求的日期{day_text(facts.answer_by_on)}早于来文日，请核对。")
    if facts.held_on is not None and facts.kind in LISTED and facts.held_on > facts.received_on:
        raise DaysOutOfOrder(f"会议或者活动的日期{day_text(facts.held_on)}晚于收到日，请核对。")
