"""Common problems: `opened(world, at, *matters)`, `analysed`, `ruled`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from huiyin.matters.models import Matter
from huiyin.suggestions.models import CommonProblem, RuleDocument
from huiyin.suggestions.operations.common_problems import (
    ProblemFacts,
    RuleFacts,
    analyse_problem,
    institutionalise,
    open_problem,
)
from tests.support.extensions import scan
from tests.support.world import World

TITLE = "校园周边电子烟监管责任不清"


def opened(world: World, at: datetime, *matters: Matter, **changes: Any) -> CommonProblem:
    """Opened by the office for 未检部."""
    usual = {"title": TITLE, "owner": world.posts["head_second"], "words": "电子烟"}
    return open_problem(
        facts=ProblemFacts(**usual | changes), matters=matters, request_key=uuid4(), actor=world.act("officer_wang"),
        at=at,
    )  # fmt: skip


def analysed(world: World, at: datetime, *matters: Matter) -> CommonProblem:
    """With why and what is to change."""
    problem = opened(world, at, *matters)
    return analyse_problem(
        problem=problem, analysis="线索移送没有时限。", measures_text="与有关部门联合定规则。",
        actor=world.act("head_second"), version=problem.version, at=at,
    )  # fmt: skip


def ruled(world: World, at: datetime, problem: CommonProblem, organs: int = 12, **changes: Any) -> RuleDocument:
    """Ended in a joint rule document of so many organs."""
    facts = {
        "title": "校园周边治理线索移送办法", "number": "样检联〔2026〕3号", "dated_on": at.date(),
        "signers": [(f"样本单位{place}", "甲样本") for place in range(1, organs + 1)],
    }  # fmt: skip
    usual = {"file": scan(world, at), "request_key": uuid4(), "version": problem.version, "at": at}
    return institutionalise(
        problem=problem, facts=RuleFacts(**facts | changes), actor=world.act("head_second"), **usual
    )
