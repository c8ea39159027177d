"""Reports a post may read, and everything one is made of: counted now while it is drafted, frozen once issued."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from huiyin.gongwen.structure import Column, ListPaper
from huiyin.gongwen.structure import Report as ReportPaper
from huiyin.kernel.numerals import document_date
from huiyin.matters.models import Commitment, Matter, Rating
from huiyin.organisations.models import Post, Procuratorate
from huiyin.statistics.models import Report, ReportSnapshot
from huiyin.statistics.permissions import OFFICE
from huiyin.statistics.queries.loading import cases_of, of_office, within
from huiyin.statistics.rules.beside import Reported, beside_block
from huiyin.statistics.rules.comparing import Difference, Frozen, differences
from huiyin.statistics.rules.drafting import Setting, Study, first_text
from huiyin.statistics.rules.facts import Case
from huiyin.statistics.rules.figures import Figure, Unit
from huiyin.statistics.rules.groups import all_figures
from huiyin.statistics.rules.periods import Period
from huiyin.statistics.rules.reports import ReportKind, ReportStatus
from huiyin.statistics.rules.tables import tables
from huiyin.statistics.rules.texts import JsonBlock, annexes, gongwen_blocks, rendered
from huiyin.suggestions.kind import PROPOSAL
from huiyin.suggestions.models import LeadershipStudy


def reports_open_to(post: Post) -> QuerySet[Report]:
    """Reports a post may read: the office its own, the leaders those that were issued."""
    own = Report.objects.filter(procuratorate_id=post.procuratorate_id)
    if post.role_enum in OFFICE:
        return own.exclude(status=ReportStatus.DROPPED)
    return own.filter(status=ReportStatus.ISSUED)


@dataclass(frozen=True)
class Counted:
    """Everything a report can speak of, counted now."""

    cases: Sequence[Case]
    figures: dict[str, Figure]
    tables: dict[str, JsonBlock]

    def blocks(self, text: str) -> list[JsonBlock]:
        """The text with its figures."""
        return rendered(text, self.figures, self.tables, self.cases)


def noun_of(matter_kind: str) -> str:
    """What the matters of a report are called."""
    return "政协提案" if matter_kind == PROPOSAL else "代表建议"


def counted(office: Procuratorate, period: Period, matter_kind: str, day: date) -> Counted:
    """The figures of an office over a period as they stood on the day."""
    cases = cases_of(within(of_office(office), period, matter_kind))
    return Counted(cases, all_figures(cases, day), tables(cases, day, noun_of(matter_kind)))


def counted_for(report: Report) -> Counted:
    """The same for a report, today."""
    return counted(report.procuratorate, report.span, report.matter_kind, report.as_of_on)


def begun_text(office: Procuratorate, period: Period, matter_kind: str, day: date) -> str:
    """What a report begins with."""
    found = counted(office, period, matter_kind, day)
    setting = Setting(noun=noun_of(matter_kind), period=period.label, day=day, studies=_studies(office, period, day))
    return first_text(found.cases, found.figures, setting)


def _studies(office: Procuratorate, period: Period, day: date) -> list[Study]:
    """Meetings of the year, or those that discussed a suggestion of the session."""
    held = LeadershipStudy.objects.filter(procuratorate=office, held_on__lte=day)
    if period.year is not None:
        held = held.filter(held_on__year=period.year)
    else:
        held = held.filter(pk__in=held.filter(matters__in=within(of_office(office), period)).values("pk"))
    return [
        Study(held_on=each.held_on, title=each.title, numbers=tuple(matter.known_as for matter in each.matters.all()))
        for each in held.prefetch_related("matters").order_by("held_on", "id")
    ]


def blocks_of(report: Report) -> list[JsonBlock]:
    """What the report says: frozen when it was issued, counted now before."""
    if report.status == ReportStatus.ISSUED:
        found: list[JsonBlock] = report.content
        return found
    return blocks_now(report, counted_for(report))


def blocks_now(report: Report, found: Counted) -> list[JsonBlock]:
    """What a draft says with the figures of now, and in an annex what was reported elsewhere."""
    noted = [
        Reported(indicator=each.indicator, value=each.value, source=each.source, why=each.why)
        for each in report.reported.all()
    ]
    annex = beside_block(noted, found.figures)
    return found.blocks(report.text) + ([annex] if annex else [])


def letter_of(report: Report, blocks: Sequence[JsonBlock]) -> ReportPaper:
    """The report as an official paper."""
    organ, attached = report.procuratorate.name, annexes(blocks)
    return ReportPaper(
        organ=organ,
        title=report.title,
        salutation=report.salutation,
        body=gongwen_blocks(blocks),
        number=report.number,
        closing=report.closing,
        signer=report.signer,
        signatures=(organ,),
        annexes=attached,
        attachments=tuple(annex.title for annex in attached),
        is_headed=report.kind == ReportKind.HANDLING,
        signed_on=report.issued_on,
    )


def corrections(report: Report) -> list[Difference]:
    """报后更正: what of an issued report would be counted otherwise today, over the same days."""
    frozen = [
        Frozen(
            code=row.indicator, label=row.label, version=row.definition_version, value=row.value,
            unit=Unit(row.unit), ids=frozenset(row.ids), of_ids=None if row.of_ids is None else frozenset(row.of_ids),
        )
        for row in report.snapshots.all()
    ]  # fmt: skip
    return differences(frozen, counted_for(report).figures)


def frozen_figure(row: ReportSnapshot) -> Figure:
    """A frozen figure, to list its records."""
    of = None if row.of_ids is None else tuple(row.of_ids)
    return Figure(
        code=row.indicator, label=row.label, version=row.definition_version, unit=Unit(row.unit),
        counted=tuple(row.ids), of=of,
    )  # fmt: skip


def figure_in(report: Report, code: str, now: Counted) -> Figure:
    """A figure of the report: frozen once it was issued, as counted now before."""
    frozen = report.snapshots.filter(indicator=code).first()
    return frozen_figure(frozen) if frozen is not None else now.figures[code]


@dataclass(frozen=True)
class Behind:
    """The records behind a figure as one post may list them. hidden: how many of n it may not (practice 42)."""

    matters: QuerySet[Matter]
    counted: frozenset[int]  # matters with a record that was counted
    notes: dict[int, list[str]]  # by matter, what of it was counted, where that is more than the matter
    hidden: int


def behind(figure: Figure, rows: QuerySet[Matter], office: Procuratorate) -> Behind:
    """Which matters a figure stands on. rows: those the reader may list."""
    everything = {*figure.counted, *(figure.of or ())}
    owners, notes = _owners(figure.unit, everything, office)
    listed = rows.filter(pk__in=set(owners.values()))
    shown = set(listed.values_list("pk", flat=True))
    hidden = sum(owners.get(key) not in shown for key in everything)
    counted_in = frozenset(owners[key] for key in figure.counted if key in owners)
    return Behind(listed, counted_in, {key: each for key, each in notes.items() if key in shown}, hidden)


def _owners(unit: Unit, keys: Collection[int], office: Procuratorate) -> tuple[dict[int, int], dict[int, list[str]]]:
    """The matter of every record, and by matter what of it was counted."""
    found: QuerySet[Any]
    if unit is Unit.MATTER:
        return {key: key for key in keys}, {}
    if unit is Unit.RATING:
        found = Rating.objects.filter(pk__in=keys, matter__in=of_office(office)).select_related("participant")
        notes = _noted(found, lambda each: f"{each.participant.name}（{each.rated_on.isoformat()}）")
    else:
        found = Commitment.objects.filter(pk__in=keys, matter__in=of_office(office))
        notes = _noted(found, lambda each: each.text)
    return {each.pk: each.matter_id for each in found}, notes


@dataclass(frozen=True)
class Named:
    """One difference with the matters that came in or went, as the reader may list them; hidden: how many not."""

    difference: Difference
    entered: list[Matter]
    gone: list[Matter]
    hidden: int


def named(found: Sequence[Difference], rows: QuerySet[Matter], office: Procuratorate) -> list[Named]:
    """Differences with their matters, in a few queries however many."""
    owners: dict[Unit, dict[int, int]] = {}
    for unit in Unit:
        keys = {key for each in found if each.unit is unit for key in (*each.entered, *each.gone)}
        owners[unit] = _owners(unit, keys, office)[0] if keys else {}
    listed = {row.pk: row for row in rows.filter(pk__in={key for each in owners.values() for key in each.values()})}
    answers = []
    for each in found:
        own = owners[each.unit]
        sides = [[listed.get(own.get(key, 0)) for key in keys] for keys in (each.entered, each.gone)]
        shown = [list(dict.fromkeys(row for row in side if row is not None)) for side in sides]
        answers.append(Named(each, shown[0], shown[1], sum(row is None for side in sides for row in side)))
    return answers


def sheet_of_corrections(report: Report, rows: Sequence[Named], day: date) -> ListPaper:
    """The differences as a paper; the issued report itself is never changed."""
    compared = report.snapshots.count()
    notes = () if rows else ("重新统计的结果与印发时完全一致。",)
    return ListPaper(
        title="报后更正表",
        organ=report.procuratorate.name,
        meta=(f"报告：{report.title}", f"文号：{report.number or '无'}", f"重新统计日期：{document_date(day)}"),
        columns=(
            Column("统计项目", 3), Column("印发时", 1.6), Column("重新统计", 1.6), Column("现在多出的事项", 3),
            Column("现在减少的事项", 3),
        ),
        rows=tuple(_correction(each) for each in rows),
        notes=(*notes, f"与印发时固定的{compared}个数逐个对照，期间和数据截至日相同。"),
    )  # fmt: skip


def _correction(row: Named) -> tuple[str, ...]:
    hidden = f"另有{row.hidden}项不在查看范围内" if row.hidden else ""
    sides = ["、".join(matter.known_as for matter in side) for side in (row.entered, row.gone)]
    label = row.difference.label + ("（统计口径已经修订）" if row.difference.is_redefined else "")
    gone = "；".join(filter(None, (sides[1], hidden)))
    return label, row.difference.was, row.difference.now, sides[0], gone


def _noted(records: QuerySet[Any], words: Any) -> dict[int, list[str]]:
    notes: dict[int, list[str]] = {}
    for each in records:
        notes.setdefault(each.matter_id, []).append(words(each))
    return notes
