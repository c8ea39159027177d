"""Staff and posts, as the system administrator keeps them."""

from __future__ import annotations

from functools import partial

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from huiyin.desk.staff import forms
from huiyin.desk.staff.acts import act_once, form_page
from huiyin.desk.staff.beginning import steps
from huiyin.organisations import operations
from huiyin.organisations.models import AdminSeat, Charge, Post, Staff
from huiyin.organisations.permissions import may
from huiyin.organisations.queries import work_of
from huiyin.organisations.rules import Role
from huiyin.web.clock import now, today
from huiyin.web.pages import SeatRequest, posted, seat_page
from huiyin.web.paging import keyset

LED = (Role.DEPUTY_CHIEF, Role.CHIEF)


@seat_page("organisations.list_staff")
def list_staff(request: SeatRequest) -> HttpResponse:
    """Who works here, in which posts."""
    form = forms.StaffFilterForm(request.GET)
    held = Post.objects.held_on(today()).select_related("procuratorate", "department")
    found = forms.people(form, today()).select_related("seat").prefetch_related(Prefetch("posts", held, "held"))
    page = keyset(request, found, key="username", unit="人")
    facts = {"title": "人员与岗位", "form": form, "people": page.rows, "pager": page.pager} | _rights(request)
    begin = steps(today()) if facts["keeps"] else []
    return render(request, "desk/staff/list.html", facts | {"steps": begin})


@seat_page("organisations.list_staff")
def person(request: SeatRequest, pk: int) -> HttpResponse:
    """One person: posts with periods and substitutes, what they have in hand, the seat."""
    staff = get_object_or_404(Staff.objects.select_related("seat"), pk=pk)
    posts = list(
        Post.objects.filter(staff=staff)
        .select_related("staff", "procuratorate", "department")
        .prefetch_related(
            "substitutions__substitute__staff",
            Prefetch("charges", Charge.objects.select_related("department")),
        )
        .order_by("-from_on", "-id")
    )
    on = today()
    rows = [
        {
            "post": post,
            "held": post.until_on is None or post.until_on > on,
            "work": work_of(post) if post.until_on is None or post.until_on > on else [],
            "led": [
                charge.department.name for charge in post.charges.all() if not charge.until_on or charge.until_on > on
            ],
            "leads": post.role in LED,
            "substitutions": [each for each in post.substitutions.all() if each.until_on > on],
        }
        for post in posts
    ]
    facts = {"title": staff.name, "person": staff, "rows": rows, "held_seat": getattr(staff, "seat", None)}
    return render(request, "desk/staff/person.html", facts | _rights(request))


@seat_page("organisations.enter_staff", methods=["GET", "POST"])
def enter_staff(request: SeatRequest) -> HttpResponse:
    """A new person, without a post yet."""
    form = forms.EnterStaffForm(posted(request))
    act = partial(operations.enter_staff, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.staff_entered", done="已录入。请接着任用岗位，没有岗位的人登录不进去。",
        to=lambda staff: ("desk:staff:person", staff.pk), title="录入人员", button="录入", back="desk:staff:list",
    )  # fmt: skip


@seat_page("organisations.change_staff", methods=["GET", "POST"])
def change_staff(request: SeatRequest, pk: int) -> HttpResponse:
    """How a person is called."""
    staff = get_object_or_404(Staff, pk=pk)
    act = partial(operations.change_staff, staff=staff, actor=request.actor, at=now())
    return form_page(
        request, forms.ChangeStaffForm(posted(request), initial={"name": staff.name, "name_before": staff.name}), act,
        verb="organisations.staff_changed", done="姓名已更正。", to=("desk:staff:person", pk),
        title=f"更正{staff.name}的姓名", button="保存", person=staff,
    )  # fmt: skip


@seat_page("organisations.disable_staff", methods=["POST"])
def disable_staff(request: SeatRequest, pk: int) -> HttpResponse:
    """Close the door to a person."""
    staff = get_object_or_404(Staff, pk=pk)
    act = partial(operations.disable_staff, staff=staff, actor=request.actor, at=now())
    to = ("desk:staff:person", pk)
    return act_once(request, act, verb="organisations.staff_disabled", done=f"{staff.name}已停用。", to=to)


@seat_page("organisations.enable_staff", methods=["POST"])
def enable_staff(request: SeatRequest, pk: int) -> HttpResponse:
    """Open the door again."""
    staff = get_object_or_404(Staff, pk=pk)
    act = partial(operations.enable_staff, staff=staff, actor=request.actor, at=now())
    to = ("desk:staff:person", pk)
    return act_once(request, act, verb="organisations.staff_enabled", done=f"{staff.name}已恢复。", to=to)


@seat_page("organisations.reset_password", methods=["GET", "POST"])
def reset_password(request: SeatRequest, pk: int) -> HttpResponse:
    """A new first password for a person who forgot the old one."""
    staff = get_object_or_404(Staff, pk=pk)
    act = partial(operations.reset_password, staff=staff, actor=request.actor, at=now())
    return form_page(
        request, forms.ResetPasswordForm(posted(request)), act, verb="organisations.password_reset",
        done="密码已重置。", to=("desk:staff:person", pk), title=f"重置{staff.name}的密码", button="重置", person=staff,
    )  # fmt: skip


@seat_page("organisations.open_post", methods=["GET", "POST"])
def open_post(request: SeatRequest, pk: int) -> HttpResponse:
    """A post for a person."""
    staff = get_object_or_404(Staff, pk=pk)
    form = forms.OpenPostForm(posted(request), on=today())
    act = partial(operations.open_post, staff=staff, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.post_opened", done="岗位已任用。", to=("desk:staff:person", pk),
        title=f"任用{staff.name}", button="任用", person=staff,
    )  # fmt: skip


@seat_page("organisations.change_post", methods=["GET", "POST"])
def change_post(request: SeatRequest, pk: int) -> HttpResponse:
    """Title and office phone."""
    post = _post(pk)
    now_said = {"title": post.title, "office_phone": post.office_phone}
    as_read = {"title_before": post.title, "phone_before": post.office_phone}
    form = forms.ChangePostForm(posted(request), initial=now_said | as_read)
    act = partial(operations.change_post, post=post, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.post_changed", done="岗位已更正。",
        to=("desk:staff:person", post.staff_id), title=f"更正岗位：{post.label}", button="保存", person=post.staff,
    )  # fmt: skip


@seat_page("organisations.close_post", methods=["GET", "POST"])
def close_post(request: SeatRequest, pk: int) -> HttpResponse:
    """The end of a post; open work goes to a successor."""
    post = _post(pk)
    form = forms.ClosePostForm(posted(request), post=post, on=today())
    act = partial(operations.close_post, post=post, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.post_closed", done="岗位已结束，未办结的工作已交接。",
        to=("desk:staff:person", post.staff_id), title=f"结束岗位：{post.label}", button="结束岗位",
        person=post.staff, work=work_of(post),
    )  # fmt: skip


@seat_page("organisations.put_in_charge", methods=["GET", "POST"])
def put_in_charge(request: SeatRequest, pk: int) -> HttpResponse:
    """Which departments a member of the leadership is in charge of."""
    post = _post(pk)
    form = forms.ChargeForm(posted(request), post=post, on=today())
    act = partial(operations.put_in_charge, post=post, actor=request.actor, at=now())
    return form_page(
        request, form, act, verb="organisations.put_in_charge", done="分管部门已设定。",
        to=("desk:staff:person", post.staff_id), title=f"分管部门：{post.label}", button="设定", person=post.staff,
    )  # fmt: skip


@seat_page("organisations.list_seats")
def list_seats(request: SeatRequest) -> HttpResponse:
    """Who the three administrators are."""
    seats = AdminSeat.objects.select_related("staff").order_by("role", "from_on")
    return render(request, "desk/staff/seats.html", {"title": "管理员席位", "seats": seats})


def _post(pk: int) -> Post:
    return get_object_or_404(Post.objects.select_related("staff", "procuratorate", "department"), pk=pk)


def _rights(request: SeatRequest) -> dict[str, bool]:
    return {
        "keeps": may(request.actor, "organisations.open_post"),
        "resets": may(request.actor, "organisations.reset_password"),
    }
