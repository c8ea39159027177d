"""Figures reported elsewhere, put beside the computed ones (practice 17)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from huiyin.audit.scope import operation, record
from huiyin.kernel.text import normalise
from huiyin.organisations.actors import PostActor
from huiyin.organisations.permissions import require
from huiyin.statistics.models import Report, ReportedFigure
from huiyin.statistics.operations.reports import target_of
from huiyin.statistics.queries.reports import counted_for, figure_in
from huiyin.statistics.rules.beside import why_different
from huiyin.statistics.rules.indicators import BY_CODE
from huiyin.statistics.rules.reports import FigureUnknown


def put_beside(
    *, report: Report, indicator: str, value: str, source: str, why: str, actor: PostActor, request_key: UUID,
    at: datetime,
) -> ReportedFigure:  # fmt: skip
    """Note what was reported elsewhere; the second post of one key is given the first note.

    why: left empty, the sentence that the figures themselves give, where they do. Raises NotAllowed, FigureUnknown."""
    known = ReportedFigure.objects.filter(entered_by=actor.post, request_key=request_key)
    first = known.first()
    if first is not None:
        return first
    said = {"indicator": indicator, "value": normalise(value), "source": normalise(source), "why": normalise(why)}
    try:
        return _put(report=report, said=said, actor=actor, request_key=request_key, at=at)
    except IntegrityError:  # the other half of a double click was faster
        first = known.first()
        if first is None:
            raise
        return first


@operation
def _put(*, report: Report, said: dict[str, str], actor: PostActor, request_key: UUID, at: datetime) -> ReportedFigure:
    require(actor, "statistics.draft_report", report)
    if said["indicator"] not in BY_CODE:
        raise FigureUnknown("没有这个统计项目，请重新选择。")
    if not said["why"]:
        found = counted_for(report)
        figure = figure_in(report, said["indicator"], found)
        said["why"] = why_different(said["value"], figure, found.cases, report.as_of_on)
    noted = ReportedFigure.objects.create(
        report=report, entered_by=actor.post, entered_at=at, request_key=request_key, **said
    )
    record("statistics.figure_put_beside", actor=actor, target=target_of(report), at=at, **said)
    return noted
