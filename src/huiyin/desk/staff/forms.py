"""Forms of staff and posts; what they give are the operations' keywords."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huiyin.organisations.models import Department, Post, Procuratorate, Staff
from huiyin.organisations.rules import LEVEL_LABELS, ROLE_LABELS, Level, Role
from huiyin.web.forms import TickedRows, VersionForm


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, picked or typed."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class DepartmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Departments of all offices, told apart by the office."""

    def label_from_instance(self, department: Any) -> str:
        return f"{department.procuratorate.short_name}　{department.name}"


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Posts by name, duty and department."""

    def label_from_instance(self, post: Any) -> str:
        return f"{post.label}　{post.department.short_name}" if post.department else str(post.label)


class StaffFilterForm(forms.Form):
    """Which people are listed."""

    q = forms.CharField(label="姓名或登录名", required=False, max_length=60)
    office = forms.ModelChoiceField(
        Procuratorate.objects.order_by("code"), label="单位", required=False, empty_label="全部"
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "在用"), ("off", "已停用"), ("without", "没有岗位")]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")


class EnterStaffForm(forms.Form):
    username = forms.CharField(
        label="登录名", max_length=40, help_text="小写字母开头，只用小写字母、数字、点、横线、下划线。"
    )
    name = forms.CharField(label="姓名", max_length=60)
    password = forms.CharField(
        label="初始密码",
        max_length=128,
        strip=False,
        help_text="至少10个字符。本人第一次登录时必须修改。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class ResetPasswordForm(forms.Form):
    new = forms.CharField(
        label="新的初始密码",
        max_length=128,
        strip=False,
        help_text="至少10个字符。本人下次登录时必须修改。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class OpenPostForm(forms.Form):
    procuratorate = forms.ModelChoiceField(Procuratorate.objects.order_by("code"), label="单位")
    role = forms.TypedChoiceField(label="岗位", choices=list(ROLE_LABELS.items()), coerce=Role)
    department = DepartmentChoice(
        Department.objects.filter(closed_on=None).select_related("procuratorate"),
        label="部门",
        required=False,
        help_text="承办人和部门负责人必须选择。",
    )
    title = forms.CharField(label="职务", required=False, max_length=40, help_text="例如“第二检察部副主任”。")
    office_phone = forms.CharField(label="办公电话", required=False, max_length=30)
    from_on = day_field("起")
    until_on = day_field("止", required=False, help_text="不再担任的第一天；长期任用不填。")

    def __init__(self, data: Any, *, on: date) -> None:
        only = list(Procuratorate.objects.order_by("pk")[:2])
        super().__init__(data, initial={"from_on": on, "procuratorate": only[0].pk if len(only) == 1 else None})


class ClosePostForm(forms.Form):
    until_on = day_field("止", help_text="不再担任的第一天。")
    hand_over_to = PostChoice(
        Post.objects.none(), label="接手的岗位", required=False, help_text="有未办结工作的岗位必须选择。"
    )

    def __init__(self, data: Any, *, post: Post, on: date) -> None:
        super().__init__(data, initial={"until_on": on})
        others = Post.objects.held_on(on).filter(procuratorate=post.procuratorate).exclude(pk=post.pk)
        self.fields["hand_over_to"].queryset = others.select_related("staff", "department")  # type: ignore[attr-defined]


class ChargeForm(forms.Form):
    departments = TickedRows(
        Department.objects.none(), label="分管部门", required=False, widget=forms.CheckboxSelectMultiple
    )
    from_on = day_field("起")

    def __init__(self, data: Any, *, post: Post, on: date) -> None:
        now_on = post.charges.exclude(until_on__lte=on).values_list("department_id", flat=True)
        super().__init__(data, initial={"from_on": on, "departments": list(now_on)})
        own = Department.objects.filter(procuratorate=post.procuratorate, closed_on=None)
        self.fields["departments"].queryset = own  # type: ignore[attr-defined]


class EnterDepartmentForm(forms.Form):
    procuratorate = forms.ModelChoiceField(Procuratorate.objects.order_by("code"), label="单位")
    name = forms.CharField(label="部门名称", max_length=60)
    short_name = forms.CharField(
        label="简称", required=False, max_length=20, help_text="登记簿、统计表里用，例如“未检部”。不填就用名称。"
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        only = list(Procuratorate.objects.order_by("pk")[:2])
        if len(only) == 1:
            self.initial["procuratorate"] = only[0].pk


class EnterOfficeForm(forms.Form):
    code = forms.RegexField(
        r"^[0-9]{6}$",
        label="行政区划代码",
        help_text="六位数字（GB/T 2260）。",
        error_messages={"invalid": "行政区划代码是六位数字。"},
    )
    name = forms.CharField(label="全称", max_length=60)
    short_name = forms.CharField(label="简称", max_length=20, help_text="例如“样本市院”。")
    document_prefix = forms.CharField(label="机关代字", max_length=12, help_text="发文字号里的代字，例如“样检”。")
    level = forms.TypedChoiceField(label="层级", choices=list(LEVEL_LABELS.items()), coerce=Level)
    parent = forms.ModelChoiceField(Procuratorate.objects.order_by("code"), label="上级检察院", required=False)
    phone = forms.CharField(
        label="办公电话", required=False, max_length=30, help_text="岗位上没有填办公电话的，答复函用这个号码。"
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        only = Procuratorate.objects.order_by("pk")[:2]
        if len(only) == 1:
            self.fields["parent"].help_text = "本系统里只有一个检察院的不填。"


class ChangeOfficeForm(EnterOfficeForm, VersionForm):
    """An office as it stands; its place in the tree only while nothing stands on it."""

    def __init__(self, data: Any, *, office: Procuratorate, settled: bool) -> None:
        super().__init__(data)
        self.initial = {name: getattr(office, name) for name in self.fields}
        if settled:
            for name in ("code", "level", "parent"):
                del self.fields[name]
        else:
            others = Procuratorate.objects.exclude(pk=office.pk).order_by("code")
            self.fields["parent"].queryset = others  # type: ignore[attr-defined]


class ChangeDepartmentForm(VersionForm):
    name = forms.CharField(label="部门名称", max_length=60)
    short_name = forms.CharField(label="简称", required=False, max_length=20)
    position = forms.IntegerField(
        label="排序", min_value=0, max_value=999, help_text="数字小的排在前面，拟办单和统计表照这个顺序。"
    )

    def __init__(self, data: Any, *, department: Department) -> None:
        stands = {name: getattr(department, name) for name in ("name", "short_name", "position", "version")}
        super().__init__(data, initial=stands)


def _as_read() -> forms.CharField:
    """What the page showed, so that whoever comes second is told."""
    return forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class ChangeStaffForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=60, help_text="登录名不能改；登录名录错的，停用后另录。")
    name_before = _as_read()


class ChangePostForm(forms.Form):
    title = forms.CharField(label="职务", required=False, max_length=40, help_text="例如“第二检察部副主任”。")
    office_phone = forms.CharField(
        label="办公电话", required=False, max_length=30, help_text="答复函的联系电话、代表手机端显示的都是它。"
    )
    title_before, phone_before = _as_read(), _as_read()


class SubstitutionForm(forms.Form):
    substitute = PostChoice(Post.objects.none(), label="代理人")
    from_on = day_field("起")
    until_on = day_field("止", help_text="不再代理的第一天。")
    reason = forms.CharField(label="事由", required=False, max_length=200)

    def __init__(self, data: Any, *, post: Post, on: date) -> None:
        super().__init__(data, initial={"from_on": on})
        others = Post.objects.held_on(on).filter(procuratorate=post.procuratorate).exclude(staff=post.staff)
        self.fields["substitute"].queryset = others.select_related("staff", "department")  # type: ignore[attr-defined]


def people(form: StaffFilterForm, on: date) -> Any:
    """The staff a filter asks for."""
    facts = form.cleaned_data if form.is_valid() else {}
    state = facts.get("state") or ""
    found = Staff.objects.filter(is_active=state != "off")
    held = Post.objects.held_on(on)
    if state == "without":
        found = found.exclude(posts__in=held).filter(seat=None)
    if words := facts.get("q"):
        found = found.filter(name__contains=words) | found.filter(username__contains=words.lower())
    if office := facts.get("office"):
        found = found.filter(pk__in=held.filter(procuratorate=office).values("staff"))
    return found
