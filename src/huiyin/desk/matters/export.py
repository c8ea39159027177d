"""建议登记（台账）表 as .xlsx: the columns of the paper form, phones masked, the export on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse

from huiyin.desk.matters.filters import FilterForm, narrowed, of_tab, offered, on_the_register, searched
from huiyin.desk.matters.rows import with_table_facts
from huiyin.desk.matters.rungs import spans
from huiyin.kernel.text import mask_phone
from huiyin.matters.models import Matter, Rating, Reply
from huiyin.matters.operations.deadlines import statutory_of
from huiyin.matters.operations.exports import note_export
from huiyin.matters.queries import proposer_text
from huiyin.matters.rating_state import grades
from huiyin.people.models import ContactPoint
from huiyin.people.rules import Channel
from huiyin.regulations.queries import calendar
from huiyin.web.clock import now, today
from huiyin.web.downloads import XLSX, bytes_response
from huiyin.web.pages import StaffRequest, desk_page
from huiyin.web.sheets import Cell, xlsx

COLUMNS: Final = (
    ("编号", 14),
    ("收文号", 20),
    ("题目", 48),
    ("届次", 18),
    ("领衔", 12),
    ("联系电话", 14),
    ("联名数", 8),
    ("代表团", 16),
    ("类别", 16),
    ("角色", 8),
    ("交办日", 12),
    ("期限", 12),
    ("承办部门", 24),
    ("领衔院领导", 12),
    ("进度", 14),
    ("答复日", 12),
    ("类别标注", 10),
    ("满意度", 24),
)
CHUNK: Final = 200


@desk_page("matters.export", methods=["POST"])
def export(request: StaffRequest) -> HttpResponse:
    """The register as it is filtered on the screen; by POST, since it leaves a record."""
    post, on = request.post, today()
    cut = spans(post.procuratorate, on, calendar())
    chosen = FilterForm(request.POST, post=post, spans=cut, offered=offered(post)).chosen()
    tab = request.POST.get("tab", "")
    (listed,) = searched(on_the_register(post), chosen, post)
    rows = narrowed(of_tab(listed, tab), chosen, spans=cut).order_by("id")
    note_export(rows=rows.count(), filters=chosen | {"tab": tab}, actor=request.actor, at=now())
    content = xlsx("建议登记表", COLUMNS, cells(with_export_facts(rows)))
    return bytes_response(f"建议登记表{on:%Y%m%d}.xlsx", XLSX, content)


def with_export_facts(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Everything a row of the form shows, in a handful of queries a chunk."""
    phones = ContactPoint.objects.filter(channel=Channel.MOBILE, value__isnull=False).order_by("-verified_at", "-id")
    replies = Reply.objects.exclude(status="voided").filter(kind="reply").order_by("-round", "-id")
    ratings = Rating.objects.filter(is_of_record=True).exclude(reply__kind="second").order_by("-round", "-id")
    return with_table_facts(rows).prefetch_related(
        Prefetch("participants__person__contact_points", queryset=phones),
        Prefetch("replies", queryset=replies, to_attr="letters"),
        Prefetch("ratings", queryset=ratings, to_attr="on_record"),
    )


def cells(matters: QuerySet[Matter]) -> Iterator[list[Cell]]:
    """The form's rows, chunk by chunk."""
    rows, on = matters.iterator(chunk_size=CHUNK), today()
    scales: dict[int, dict[str, str]] = {}
    while chunk := list(islice(rows, CHUNK)):
        due = {matter.pk: last.said_on for matter, last in statutory_of(chunk)}
        for matter in chunk:
            if matter.procuratorate_id not in scales:
                scales[matter.procuratorate_id] = {each.code: each.label for each in grades(matter, on)}
            scale = scales[matter.procuratorate_id]
            yield [*_what(matter), *_when_and_who(matter, due.get(matter.pk, "")), *_answer(matter, scale)]


def _what(matter: Matter) -> list[Cell]:
    people = list(matter.participants.all())
    lead = people[0] if people else None
    points = list(lead.person.contact_points.all()) if lead and lead.person else []
    return [
        matter.external_number,
        matter.number,
        matter.title,
        matter.suggestion.session_label,
        proposer_text(people[:1]),
        mask_phone(points[0].value or "") if points else "",
        matter.suggestion.signer_count - 1,  # beside the lead, as the printed register and the lists count
        lead.delegation if lead else "",
        matter.category,
        matter.get_handler_role_display(),
    ]


def _when_and_who(matter: Matter, due_on: str) -> list[Cell]:
    parts = getattr(matter, "parts", [])
    return [
        _day(matter.suggestion.assigned_on),
        due_on,
        "、".join(f"{part.who}（{part.get_role_display()}）" for part in parts),
        matter.leader.staff.name if matter.leader else "",
        matter.get_status_display(),
    ]


def _answer(matter: Matter, scale: dict[str, str]) -> list[Cell]:
    letters, ratings = getattr(matter, "letters", []), getattr(matter, "on_record", [])
    letter = letters[0] if letters else None
    words = [
        f"态度{scale.get(rating.attitude, rating.attitude)}、结果{scale.get(rating.result, rating.result)}"
        for rating in ratings
        if rating.round == ratings[0].round
    ]
    return [_day(letter.issued_on) if letter else "", letter.mark if letter else "", "；".join(words)]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
