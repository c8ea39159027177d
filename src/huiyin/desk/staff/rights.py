"""Who may do what: the table of verbs as a page."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render

from huiyin.organisations.permissions import Verb, verbs
from huiyin.organisations.rules import ROLE_LABELS, SEAT_LABELS, Role, Seat
from huiyin.web.pages import SeatRequest, seat_page

ROOMS: Final = {
    "suggestions": "代表建议",
    "matters": "事项办理",
    "approvals": "审批",
    "messaging": "消息",
    "exchange": "手机端往来",
    "people": "代表与人员档案",
    "regulations": "制度与期限",
    "imports": "导入",
    "files": "文件",
    "numbering": "文号",
    "organisations": "机构与岗位",
    "audit": "审计",
}


@seat_page("organisations.list_rights")
def list_rights(request: SeatRequest) -> HttpResponse:
    """Verbs by room, each with the posts and seats that may."""
    rooms: dict[str, list[dict[str, Any]]] = {}
    for verb in verbs():
        rooms.setdefault(verb.code.partition(".")[0], []).append({"verb": verb, "cells": _cells(verb)})
    known = [code for code in ROOMS if code in rooms]
    facts = {
        "title": "岗位权限表",
        "columns": [*ROLE_LABELS.values(), *SEAT_LABELS.values()],
        "rooms": [(ROOMS.get(code, code), rooms[code]) for code in [*known, *sorted(set(rooms) - set(known))]],
    }
    return render(request, "desk/staff/rights.html", facts)


def _cells(verb: Verb) -> list[dict[str, Any]]:
    roles = [{"label": ROLE_LABELS[role], "may": role in verb.roles} for role in Role]
    return roles + [{"label": SEAT_LABELS[seat], "may": seat in verb.seats} for seat in Seat]
