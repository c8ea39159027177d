"""Procuratorates and departments, as the system administrator keeps them."""

from __future__ import annotations

from functools import partial

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.staff import forms
from huiyin.desk.staff.acts import act_once, form_page
from huiyin.organisations import operations
from huiyin.organisations.models import Department, Procuratorate
from huiyin.organisations.operations.offices import is_settled
from huiyin.web.clock import now, today
from huiyin.web.pages import SeatRequest, posted, seat_page

HERE = ("desk:staff:offices",)


@seat_page("organisations.list_offices")
def list_offices(request: SeatRequest) -> HttpResponse:
    """Every office with its departments and how many posts are held in each."""
    on = today()
    held = Q(posts__from_on__lte=on) & (Q(posts__until_on__isnull=True) | Q(posts__until_on__gt=on))
    departments = Department.objects.annotate(held=Count("posts", held)).order_by("closed_on", "position", "id")
    by_office: dict[int, list[Department]] = {}
    for department in departments:
        by_office.setdefault(department.procuratorate_id, []).append(department)
    offices = Procuratorate.objects.select_related("parent").order_by("code")
    rows = [{"office": office, "departments": by_office.get(office.pk, [])} for office in offices]
    return render(request, "desk/staff/offices.html", {"title": "单位与部门", "rows": rows})


@seat_page("organisations.enter_office", methods=["GET", "POST"])
def enter_office(request: SeatRequest) -> HttpResponse:
    """A procuratorate in the tree."""
    form = forms.EnterOfficeForm(posted(request))
    act = partial(operations.enter_office, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.office_entered", done="检察院已录入。请接着录入部门。", to=HERE,
        title="录入检察院", button="录入", back=HERE[0],
    )  # fmt: skip


@seat_page("organisations.change_office", methods=["GET", "POST"])
def change_office(request: SeatRequest, pk: int) -> HttpResponse:
    """Names, 机关代字, phone; the place in the tree while nothing stands on it."""
    office = get_object_or_404(Procuratorate, pk=pk)
    form = forms.ChangeOfficeForm(posted(request), office=office, settled=is_settled(office))
    act = partial(operations.change_office, office=office, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.office_changed", done="已修改。", to=HERE, title=f"修改{office.name}",
        button="保存", back=HERE[0],
    )  # fmt: skip


@seat_page("organisations.enter_department", methods=["GET", "POST"])
def enter_department(request: SeatRequest) -> HttpResponse:
    """A department of an office."""
    form = forms.EnterDepartmentForm(posted(request))
    act = partial(operations.enter_department, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.department_entered", done="部门已录入。", to=HERE,
        title="录入部门", button="录入", back=HERE[0],
    )  # fmt: skip


@seat_page("organisations.change_department", methods=["GET", "POST"])
def change_department(request: SeatRequest, pk: int) -> HttpResponse:
    """Names and place in lists."""
    department = _department(pk)
    form = forms.ChangeDepartmentForm(posted(request), department=department)
    act = partial(operations.change_department, department=department, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.department_changed", done="部门已修改。", to=HERE,
        title=f"修改{department.name}", button="保存", back=HERE[0],
    )  # fmt: skip


@seat_page("organisations.change_department", methods=["POST"])
def close_department(request: SeatRequest, pk: int) -> HttpResponse:
    """The department is no more."""
    department = _department(pk)
    act = partial(operations.close_department, department=department, on=today(), actor=request.actor, at=now())
    done = f"{department.name}已撤销，不再供选择。"
    return act_once(request, act, verb="organisations.department_closed", done=done, to=HERE)


@seat_page("organisations.change_department", methods=["POST"])
def reopen_department(request: SeatRequest, pk: int) -> HttpResponse:
    """It was closed by mistake."""
    department = _department(pk)
    act = partial(operations.reopen_department, department=department, actor=request.actor, at=now())
    done = f"{department.name}已恢复。"
    return act_once(request, act, verb="organisations.department_reopened", done=done, to=HERE)


def _department(pk: int) -> Department:
    return get_object_or_404(Department.objects.select_related("procuratorate"), pk=pk)
