"""The file a matter ends in: the book's list of papers is checked, the missing are named (practice 27)."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.audit.scope import operation, record
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip
from huiyin.matters import indexing
from huiyin.matters.filing_papers import papers_of
from huiyin.matters.models import Filing, Matter
from huiyin.matters.moves import advance
from huiyin.matters.operations.undertakings import target
from huiyin.matters.rules import Step
from huiyin.numbering.operations import allot
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.regulations.books import RuleNotFound
from huiyin.regulations.queries import stack_for


class PapersMissing(Refusal):
    """The file lacks papers the book asks for, and nobody says why."""

    code = "matters.papers_missing"


@operation
def file_matter(*, matter: Matter, missing_reason: str = "", actor: PostActor, version: int, at: datetime) -> Filing:
    """Put a closed matter in the archive: papers in order, item number, retention.

    missing_reason: why a paper of the list is not there. Raises NotAllowed, PapersMissing, StepNotAllowed,
    MatterMovedOn."""
    require(actor, "matters.file", matter)
    papers = papers_of(matter, at.date())
    missing = [paper.title for paper in papers if not paper.is_there]
    if missing and not missing_reason.strip():
        raise PapersMissing(f"归档材料还缺：{'、'.join(missing)}。请补齐；确实没有的，请写明原因。")
    advance(matter, Step.ARCHIVE, version=version, at=at)
    indexing.reindex(matter)
    facts = {"missing": missing, "reason": missing_reason.strip()}
    record("matters.filed", actor=actor, target=target(matter), at=at, **facts)
    number = allot(
        procuratorate=matter.procuratorate, code=f"file:{matter.kind}", year=at.year, pattern="{year}-{value:04d}",
        actor=actor, at=at,
    )  # fmt: skip
    return Filing.objects.create(
        matter=matter, item_number=number.text, retention=retention(matter, at.date())[0],
        papers=[paper.to_json() for paper in papers], missing_reason=clip(missing_reason.strip(), 300),
        filed_on=at.date(), filed_by=actor.post,
    )  # fmt: skip


def retention(matter: Matter, on: date) -> tuple[str, str]:
    """How long the file is kept, and which rule says so; for ever and "" where no book does."""
    try:
        rule = stack_for(matter.procuratorate, on=on).filing(on)
    except RuleNotFound:
        return "永久", ""
    return rule.retention, str(rule.basis)
