"""督办单 as the department receives it and as it lies in the file (domain 8.2, SupervisionOrder)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime

from huiyin.gongwen.structure import Form, Row
from huiyin.kernel.numerals import document_date
from huiyin.matters.models import Matter, Supervision, SupervisionReport
from huiyin.matters.papers.rows import two, wide
from huiyin.matters.supervising import answer_day
from huiyin.organisations.models import Post


def supervision_sheet(supervision: Supervision) -> Form:
    """The order with what was reported and judged so far; a draft until it was signed."""
    day = answer_day(supervision)
    matters = list(supervision.matters.order_by("external_number", "id"))
    ordered = supervision.ordered_at
    answer_by = day.due_on if day else supervision.answer_by_on or "按制度"
    return Form(
        title="督　办　单",
        organ=supervision.procuratorate.name,
        widths=(3, 5, 3, 5),
        meta=(
            f"编号：{supervision.number or '（待签发）'}",
            f"层级：{supervision.level_title}",
            f"签发日期：{document_date(localtime(ordered).date()) if ordered and supervision.number_id else '　'}",
        ),
        rows=(
            wide("督办事项", "\n".join(map(_named, matters)), height=18),
            two("承办部门", supervision.department, "反馈期限", answer_by),
            wide("缘　　由", supervision.reason, height=24),
            wide("要　　求", supervision.demand, height=24),
            wide("签发意见", _signed(supervision), height=18),
            two("签 收 人", _name(supervision.acknowledged_by), "签收时间", _day(supervision.acknowledged_at)),
            *_reports(list(supervision.reports.select_related("reported_by__staff", "judged_by__staff"))),
        ),
    )  # fmt: skip


def _named(matter: Matter) -> str:
    return f"{matter.known_as}　{matter.title}"


def _signed(supervision: Supervision) -> str:
    if supervision.ordered_by is None:
        return ""
    return f"{supervision.remark or '同意。'}　{supervision.ordered_by.label}　{_day(supervision.ordered_at)}"


def _reports(reports: list[SupervisionReport]) -> Iterator[Row]:
    if not reports:
        yield wide("回　　报", "", height=40)
        yield wide("审核意见", "", height=20)
    for each in reports:
        yield wide("回　　报", f"{each.text}\n{each.reported_by.label}　{_day(each.reported_at)}", height=30)
        said = f"{each.get_verdict_display()}。{each.remarks}" if each.verdict else ""
        by = f"\n{each.judged_by.label}　{_day(each.judged_at)}" if each.judged_by else ""
        yield wide("审核意见", said + by, height=16)


def _name(post: Post | None) -> str:
    return post.staff.name if post else ""


def _day(moment: datetime | None) -> str:
    return document_date(localtime(moment).date()) if moment else ""
