"""What an office still has to do before its first suggestion, in 等我处理; silent from the first one on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from huiyin.desk.home.waiting import Waiting, add_waiting
from huiyin.matters.models import Matter
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.permissions import may
from huiyin.organisations.queries import assigner_choices
from huiyin.organisations.rules import ROLE_LABELS, Role
from huiyin.people.models import Person
from huiyin.regulations.models import CalendarYear, RuleBookVersion
from huiyin.web.pages import StaffRequest

NEEDED = (
    Role.OFFICE_HEAD, Role.DEPUTY_CHIEF, Role.CHIEF, Role.DEPARTMENT_HEAD, Role.HANDLER, Role.REGISTRY,
    Role.SECRECY_REVIEWER,
)  # fmt: skip


def add_own() -> None:
    """Called once, from DeskConfig.ready()."""
    add_waiting("beginning", steps, 5)


def steps(request: StaffRequest, on: date) -> Iterable[Waiting]:
    """For those who register: each thing that is missing, and where it is mended."""
    if may(request.actor, "suggestions.register"):
        here = _there(request.post.procuratorate, on)
        if not here["matter"]:
            yield from _missing(request.post, on, here)


def _there(office: Procuratorate, on: date) -> Mapping[str, object]:
    """What there is at all, in one query."""
    return Procuratorate.objects.values(
        matter=Exists(Matter.objects.filter(procuratorate=OuterRef("pk"))),
        person=Exists(Person.objects.filter(procuratorate=OuterRef("pk"))),
        book=Exists(RuleBookVersion.objects.filter(status="in_force")),  # offices without a stack inherit one
        year=Exists(CalendarYear.objects.filter(year=on.year)),
    ).get(pk=office.pk)


def _missing(post: Post, on: date, here: Mapping[str, object]) -> Iterator[Waiting]:
    office = post.procuratorate
    if not here["book"]:
        who = "请批准施行" if post.role_enum is Role.OFFICE_HEAD else "请办公室负责人批准施行"
        yield _step(f"制度还没有施行，{who}", "desk:books:list")
    if not here["year"]:
        yield _step(f"{on.year}年的放假安排还没有录入", "desk:books:calendar")
    if not assigner_choices(office):
        yield _step("还没有交办机关，请录入", "desk:bodies:list")
    if not here["person"]:
        yield _step("代表名册还是空的，请导入", "desk:people:list")
    held = set(Post.objects.held_on(on).filter(procuratorate=office).values_list("role", flat=True))
    missing = [ROLE_LABELS[role] for role in NEEDED if role.value not in held]
    if missing:
        yield _step(f"还没有{'、'.join(missing)}，请系统管理员任用岗位", "desk:staff:colleagues")


def _step(label: str, name: str) -> Waiting:
    return Waiting(f"开始前：{label}", 1, reverse(name), "项", urgent=True)
