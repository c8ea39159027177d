"""今日工作: what is due, by rung, then what waits for the post I act in."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.desk.home.waiting import stack_of, waiting_for
from huiyin.desk.kept import kept
from huiyin.desk.matters.rows import late_answers, table_rows, with_table_facts
from huiyin.desk.matters.rungs import OVERDUE, UNDATED, Span, spans
from huiyin.desk.matters.turns import turns
from huiyin.desk.ratings.promises import promises_of_today
from huiyin.matters.kinds import on_the_register
from huiyin.matters.models import Matter
from huiyin.matters.queries import day_of, with_day
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Role
from huiyin.regulations.queries import calendar
from huiyin.web.clock import today
from huiyin.web.pages import StaffRequest, desk_page

SHOWN: Final = 12
OFFICE: Final = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD})
BY_ROLE: Final = {
    Role.HANDLER: "交您承办的事项会出现在这里；部门负责人签收并选定您为承办人后，会有消息提醒。",
    Role.DEPARTMENT_HEAD: "院领导批准交办后，本部门的事项会出现在这里，请签收并选定承办人。",
    Role.DEPUTY_CHIEF: "办公室送来的拟办单和答复稿会出现在这里。",
    Role.CHIEF: "需要您签发的答复函和批示的拟办单会出现在这里。",
    Role.REGISTRY: "签发后的文稿会出现在这里，请登记取号、用印。",
    Role.SECRECY_REVIEWER: "需要保密审查的文稿会出现在这里。",
    Role.LIAISON_OFFICER: "您联系的代表提出的建议登记后会出现在这里。",
    Role.INSPECTOR: "答复过的案件咨询会出现在这里，请决定是否作干预记录。",
}


@desk_page("desk.home")
def home(request: StaffRequest) -> HttpResponse:
    """Today's work of the acting post."""
    on = today()
    context = kept(request, "today", on, lambda: _worked_out(request, on))
    return render(request, "desk/home/home.html", {"title": "今日工作", "on": on} | context)


def _worked_out(request: StaffRequest, on: date) -> dict[str, Any]:
    context: dict[str, Any] = {
        "waiting": waiting_for(request, on),
        "may_register": may(request.actor, "suggestions.register"),
        "may_list": may(request.actor, "matters.list"),
        "rungs": [],
        "rows": [],
        "promises": [],
    }
    if context["may_list"]:
        context |= _due(request, on)
    is_busy = any(context[name] for name in ("rows", "waiting", "promises"))
    return context | {"empty": None if is_busy else _empty(request.post)}


def _due(request: StaffRequest, on: date) -> dict[str, Any]:
    """The tiles and the most urgent rows."""
    post = request.post
    working_days = calendar()
    cut = spans(post.procuratorate, on, working_days, stack=stack_of(request, on))
    mine = with_day(Matter.objects.open_to(post).in_hand().filter(kind__in=on_the_register()), post)
    by_day = dict(mine.order_by().values_list(day_of(post)).annotate(Count("pk")))
    counts = {span.code: sum(n for day, n in by_day.items() if span.holds(day)) for span in cut}
    rows = list(with_table_facts(_urgent(mine, day_of(post)))) if any(by_day) else []
    late = mine.filter(late_answers(on), next_due_on__lt=on).count() if counts[OVERDUE] else 0
    next_turns = turns(rows, post, on)
    shown = table_rows(rows, post=post, on=on, working_days=working_days)
    return {
        "rungs": [_tile(span, counts[span.code], late) for span in cut if counts[span.code] or span.code != UNDATED],
        "rows": [{"row": row, "turn": next_turns.get(row.matter.pk)} for row in shown],
        "open_count": sum(by_day.values()),
        "promises": promises_of_today(post, on, working_days),
    }


def _urgent(mine: QuerySet[Matter], day: str) -> QuerySet[Matter]:
    """By day; of one day the urgent ones first (应急事急办), which the alphabet happens to put last."""
    return mine.filter(**{f"{day}__isnull": False}).order_by(day, "-urgency", "id")[:SHOWN]


def _tile(span: Span, count: int, late: int) -> dict[str, Any]:
    """late: of the overdue matters those whose answer is; of the others only a day inside the house has passed."""
    url = f"{reverse('desk:matters:list')}?{urlencode({'rung': span.code})}"
    note = f"答复逾期{late}件，内部期限逾期{count - late}件" if span.code == OVERDUE and count else ""
    return {"rung": span.code, "label": span.label, "count": count, "url": url, "note": note}


def _empty(post: Post) -> dict[str, str]:
    """What to do when there is nothing to do."""
    if post.role_enum in OFFICE:
        return {
            "text": "今天没有要办的事。收到人大、政协交办的清单可以整批导入，零星收到的逐件登记。",
            "url": reverse("desk:matters:enter"),
            "action": "登记建议",
        }
    return {"text": "今天没有要办的事。" + BY_ROLE.get(post.role_enum, "")}
