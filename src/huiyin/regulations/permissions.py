"""Who may read, load and approve rule books. Loader and approver are two posts' work; that they are also two persons
is checked by the operation, since one person may hold both posts."""

from __future__ import annotations

from typing import Any, Final

from huiyin.organisations.actors import PostActor
from huiyin.organisations.models import Procuratorate
from huiyin.organisations.permissions import EVERY_ROLE, declare
from huiyin.organisations.rules import Role
from huiyin.regulations.models import RuleBookVersion
from huiyin.regulations.standing import Standing

LOADERS: Final = frozenset({Role.LIAISON_OFFICE})
APPROVERS: Final = frozenset({Role.OFFICE_HEAD})


def declare_verbs() -> None:
    """Called once, from RegulationsConfig.ready()."""
    declare("regulations.list_books", "查看制度", roles=EVERY_ROLE)
    declare("regulations.view_book", "查看制度内容", roles=EVERY_ROLE)
    declare("regulations.calculate", "推算期限", roles=EVERY_ROLE)
    declare("regulations.view_calendar", "查看工作日历", roles=EVERY_ROLE)
    declare("regulations.load_book", "装入制度", roles=LOADERS)
    declare("regulations.preview", "预览制度带来的期限变化", roles=LOADERS | APPROVERS)
    declare("regulations.put_in_force", "批准制度施行", roles=APPROVERS, check=decides_only_below)
    declare("regulations.refuse_version", "不批准制度", roles=APPROVERS, check=decides_only_below)
    declare("regulations.set_stack", "调整本院适用的制度", roles=APPROVERS, check=own_office)
    declare("regulations.load_year", "录入放假安排", roles=LOADERS | APPROVERS)


def decides_only_below(actor: PostActor, version: Any) -> bool:
    """Whether every office that stands on the book is the actor's own or below it."""
    assert isinstance(version, RuleBookVersion)
    standing = Standing.now()
    return standing.on(version.book) <= standing.below(actor.post.procuratorate)


def own_office(actor: PostActor, procuratorate: Any) -> bool:
    assert isinstance(procuratorate, Procuratorate)
    return procuratorate.pk == actor.post.procuratorate_id
