"""The table of verbs: which roles may ask for what. Rooms above add their rows in `AppConfig.ready()`.

Which rows a post sees is the QuerySet's question (`open_to`, `listed_for`); whether an act on one thing is allowed is
`require`'s: the role first, then the verb's own check of the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from huiyin.audit.actors import Actor, ActorKind
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.actors import PostActor, SeatActor
from huiyin.organisations.rules import Role, Seat

Check = Callable[[PostActor, Any], bool]


class NotAllowed(Refusal):
    """The actor's post does not carry this right."""

    code = "organisations.not_allowed"


@dataclass(frozen=True)
class Verb:
    """One right: its name, what it is called, who may."""

    code: str
    label: str
    roles: frozenset[Role]
    seats: frozenset[Seat] = frozenset()
    system: bool = False  # the command line may, under the system's own name
    check: Check | None = None


EVERY_ROLE: Final = frozenset(Role)
BODY_KEEPERS: Final = frozenset({Role.LIAISON_OFFICE, Role.OFFICE_HEAD})
BODY_READERS: Final = BODY_KEEPERS | {Role.LIAISON_OFFICER}
_verbs: dict[str, Verb] = {}


def declare(
    code: str,
    label: str,
    *,
    roles: frozenset[Role] | set[Role] = frozenset(),
    seats: frozenset[Seat] | set[Seat] = frozenset(),
    system: bool = False,
    check: Check | None = None,
) -> None:
    """Add a verb to the table; the same code twice is a programming error."""
    if code in _verbs:
        raise ValueError(f"verb {code} declared twice")
    _verbs[code] = Verb(code, label, frozenset(roles), frozenset(seats), system, check)


def verb(code: str) -> Verb:
    """The declared verb; KeyError when nobody declared it."""
    return _verbs[code]


def verbs() -> list[Verb]:
    """All declared verbs, by code."""
    return [_verbs[code] for code in sorted(_verbs)]


def may(actor: Actor, code: str, target: Any = None) -> bool:
    """Whether the actor may do this (to this)."""
    asked = _verbs[code]
    if actor.kind is ActorKind.SYSTEM:
        return asked.system
    if isinstance(actor, SeatActor):
        return Seat(actor.seat.role) in asked.seats
    if not isinstance(actor, PostActor) or actor.post.role_enum not in asked.roles:
        return False
    return target is None or asked.check is None or asked.check(actor, target)


def require(actor: Actor, code: str, target: Any = None) -> None:
    """Raise NotAllowed unless the actor may do this (to this)."""
    if not may(actor, code, target):
        raise NotAllowed(f"您现在的岗位不能{_verbs[code].label}。如确需办理，请联系有权限的同事或切换岗位。")


def declare_own() -> None:
    """The verbs of this room, and those of audit, which lies below the table."""
    seats = frozenset(Seat)
    declare("organisations.list_colleagues", "查看本院岗位", roles=EVERY_ROLE)
    declare("organisations.add_substitution", "安排代理（AB角）", roles=EVERY_ROLE, check=_own_or_office_head)
    declare("organisations.end_substitution", "结束代理（AB角）", roles=EVERY_ROLE, check=_own_or_office_head)
    declare("organisations.list_staff", "查看人员与岗位", seats={Seat.SYSADMIN, Seat.SECADMIN})
    declare("organisations.enter_staff", "录入人员", seats={Seat.SYSADMIN}, system=True)
    declare("organisations.disable_staff", "停用人员", seats={Seat.SYSADMIN})
    declare("organisations.enable_staff", "恢复人员", seats={Seat.SYSADMIN})
    declare("organisations.open_post", "任用岗位", seats={Seat.SYSADMIN})
    declare("organisations.close_post", "结束岗位", seats={Seat.SYSADMIN})
    declare("organisations.put_in_charge", "设定分管部门", seats={Seat.SYSADMIN})
    declare("organisations.enter_department", "录入部门", seats={Seat.SYSADMIN})
    declare("organisations.enter_office", "录入检察院", seats={Seat.SYSADMIN}, system=True)
    declare("organisations.list_offices", "查看单位与部门", seats={Seat.SYSADMIN})
    declare("organisations.change_office", "修改检察院", seats={Seat.SYSADMIN})
    declare("organisations.change_department", "修改或撤销部门", seats={Seat.SYSADMIN})
    declare("organisations.change_staff", "更正姓名", seats={Seat.SYSADMIN})
    declare("organisations.change_post", "更正职务和办公电话", seats={Seat.SYSADMIN})
    declare("organisations.reset_password", "重置密码", seats={Seat.SECADMIN})
    declare("organisations.list_locks", "查看被锁定的登录名", seats={Seat.SECADMIN})
    declare("organisations.unlock", "解锁登录名", seats={Seat.SECADMIN})
    declare("organisations.list_rights", "查看岗位权限表", seats=seats)
    declare("organisations.list_seats", "查看管理员席位", seats=seats)
    declare("organisations.appoint_seat", "任命管理员", system=True)
    declare("organisations.vacate_seat", "免去管理员", system=True)
    declare("organisations.list_bodies", "查看交办机关和外单位", roles=BODY_READERS)
    declare("organisations.enter_body", "录入交办机关和外单位", roles=BODY_KEEPERS, system=True)
    declare("organisations.change_body", "修改交办机关和外单位", roles=BODY_KEEPERS, check=_body_of_own_office)
    declare("organisations.stop_body", "停用或恢复交办机关和外单位", roles=BODY_KEEPERS, check=_body_of_own_office)
    declare("organisations.reveal_body_phone", "查看外单位联系电话", roles=BODY_READERS, check=_body_of_own_office)
    declare("audit.list", "查看审计记录", seats={Seat.AUDITADMIN})
    declare("audit.export", "导出审计记录", seats={Seat.AUDITADMIN})
    declare("audit.inspect", "检查本院审计记录", roles={Role.INSPECTOR})
    declare("audit.open", "查阅审计记录内容", roles={Role.INSPECTOR})


def _own_or_office_head(actor: PostActor, post: Any) -> bool:
    own = post.pk == actor.post.pk
    return own or (actor.post.role == Role.OFFICE_HEAD and post.procuratorate_id == actor.post.procuratorate_id)


def _body_of_own_office(actor: PostActor, body: Any) -> bool:
    return bool(body.procuratorate_id == actor.post.procuratorate_id)
