"""What administrators find in the side bar; everyone's colleagues and password."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.organisations.permissions import may
from huiyin.organisations.rules import Seat
from huiyin.web.context import Entry, address

FIRST_PAGES = {
    Seat.SYSADMIN: "desk:staff:list",
    Seat.SECADMIN: "desk:staff:locks",
    Seat.AUDITADMIN: "desk:audit:list",
}
_ENTRIES = [
    ("organisations.list_staff", "desk:staff:list", "人员与岗位", "id-badge-2"),
    ("organisations.list_offices", "desk:staff:offices", "单位与部门", "building"),
    ("organisations.list_locks", "desk:staff:locks", "登录锁定", "lock"),
    ("organisations.list_rights", "desk:staff:rights", "权限表", "list-check"),
    ("organisations.list_seats", "desk:staff:seats", "管理员席位", "shield-check"),
    ("audit.list", "desk:audit:list", "审计记录", "history"),
    ("audit.inspect", "desk:audit:inspect", "本院审计", "history"),
    ("organisations.list_colleagues", "desk:staff:colleagues", "同事与代理", "users-group"),
]


def entries(request: HttpRequest) -> list[Entry]:
    """The pages of this subject and of the audit that the reader may open."""
    actor = request.actor  # type: ignore[attr-defined]
    found = [_entry(request, *rest) for verb, *rest in _ENTRIES if may(actor, verb)]
    return [*found, _entry(request, "desk:change_password", "修改密码", "key")]


def _entry(request: HttpRequest, name: str, label: str, icon: str) -> Entry:
    url = address(name)
    return {"label": label, "url": url, "icon": icon, "active": request.path.startswith(url)}
