"""Examples of organs outside and of progress tables."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from huiyin.suggestions.models import ProgressTable
from huiyin.suggestions.operations.progress import open_progress
from tests.support import letters, organs
from tests.support.examples import Case, Parameters, example
from tests.support.examples_matters import matter


@example("desk:joint:record", "pk")
def assisted(case: Case) -> Parameters:
    """Our opinion is out."""
    reply = case.once("organs_opinion", lambda: organs.opinion_out(case.world, case.at, external_number="162801"))
    return {"pk": reply.matter_id}


@example("desk:joint:join", "pk")
@example("desk:joint:ask", "pk")
def part(case: Case) -> Parameters:
    """The court assists."""
    return {"pk": case.once("organs_part", lambda: organs.with_organ(case.world, case.at))[1].pk}


@example("desk:joint", "pk")
def asked(case: Case) -> Parameters:
    """A letter that waits to be signed."""
    return {"pk": case.once("organs_asked", lambda: organs.asked(case.world, case.at, external_number="162802")).pk}


@example("desk:joint:letter", "pk", "kind")
def letter(case: Case) -> Parameters:
    return asked(case) | {"kind": "docx"}


@example("desk:joint:countersign", "pk", "part")
def joint_reply(case: Case) -> Parameters:
    """Up for signature, the court's missing."""
    there, court = case.once("organs_joint", lambda: organs.joined(case.world, case.at, external_number="162803"))
    reply = case.once("organs_joint_reply", lambda: letters.submitted(case.world, there, case.at))
    return {"pk": reply.pk, "part": court.pk}


@example("desk:progress", "pk")
def table(case: Case) -> Parameters:
    return {"pk": case.once("progress", lambda: _table(case)).pk}


@example("desk:progress:paper", "pk", "kind")
def table_on_paper(case: Case) -> Parameters:
    return table(case) | {"kind": "docx"}


def _table(case: Case) -> ProgressTable:
    matter(case)
    return open_progress(
        title="办理进度表", list_number="", due_on=case.at.date() + timedelta(days=9),
        actor=case.world.act("officer_wang"), request_key=uuid4(), at=case.at,
    )  # fmt: skip
