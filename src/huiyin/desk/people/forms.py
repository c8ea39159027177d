"""What is typed about persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q

from huiyin.organisations.models import CongressBody, Post, Procuratorate
from huiyin.organisations.queries import bodies_of
from huiyin.organisations.rules import ASSIGNERS
from huiyin.people.models import Mandate, Person
from huiyin.people.operations import MandateFacts, PersonFacts
from huiyin.people.queries import delegations_of, officers_of
from huiyin.people.rules import (
    CHANNEL_LABELS,
    CONGRESS_LEVEL_LABELS,
    ETHNICITIES,
    MANDATE_LABELS,
    SEX_LABELS,
    Channel,
)
from huiyin.web.forms import RequestKeyForm, VersionForm

ADDRESSES: Final = [(channel.value, label) for channel, label in CHANNEL_LABELS.items() if channel != Channel.IN_SITE]
NOBODY: Final = "none"
EVIDENCE_HELP: Final = "怎样确认号码是本人的，例如“当面核对”“电话回拨”。不填的先登记，暂不向它发送消息。"
Choices = Sequence[tuple[str, str]]


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Posts by name and duty."""

    def label_from_instance(self, post: Any) -> str:
        return str(post.label)


class FilterForm(forms.Form):
    """Which part of the register; unknown choices are no filter."""

    q = forms.CharField(label="姓名", required=False, max_length=60)
    kind = forms.ChoiceField(label="身份", required=False, choices=[("", "全部"), *MANDATE_LABELS.items()])
    delegation = forms.ChoiceField(label="代表团或界别", required=False)
    officer = forms.ChoiceField(label="联络员", required=False)
    state = forms.ChoiceField(label="任期", required=False, choices=[("", "在任"), ("former", "已离任")])

    def __init__(self, data: Any, *, post: Post, on: date) -> None:
        super().__init__(data, auto_id="filter_%s")
        names = [(name, name) for name in delegations_of(post.procuratorate)]
        self.officers = {str(each.pk): each for each in officers_of(post.procuratorate, on)}
        posts = [(key, each.label) for key, each in self.officers.items()]
        self._offer("delegation", [("", "全部"), *names])
        self._offer("officer", [("", "全部"), *posts, (NOBODY, "还没有指定")])

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def said(self) -> dict[str, str]:
        """What was asked, for links and for the record of an export."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def given(self) -> dict[str, Any]:
        """Keywords for `queries.listed`."""
        said = self.said()
        officer = said.get("officer", "")
        return {
            "name": said.get("q", ""),
            "kind": said.get("kind", ""),
            "delegation": said.get("delegation", ""),
            "officer": self.officers.get(officer),
            "without_officer": officer == NOBODY,
            "former": "state" in said,
        }


class ReasonForm(forms.Form):
    """Why whole numbers leave the house."""

    reason = forms.CharField(
        label="导出事由", max_length=200, help_text="写明用途和使用人；会和您的姓名、时间一起印在表上，并留下记录。"
    )


class PersonFields(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label="姓名", max_length=100)
    sex = forms.ChoiceField(label="性别", choices=list(SEX_LABELS.items()), required=False)
    ethnicity = forms.ChoiceField(label="民族", choices=[("", "未填"), *ETHNICITIES.items()], required=False)
    birth_year = forms.IntegerField(
        label="出生年", required=False, min_value=1, max_value=9999, help_text="用来区分同名的人，如1975。"
    )
    unit_post = forms.CharField(label="单位职务", required=False, max_length=120)
    profession = forms.CharField(label="专业领域", required=False, max_length=60)
    assistance = forms.CharField(
        label="语言或无障碍需要", required=False, max_length=100, help_text="例如需要双语文本、手语翻译。"
    )

    def person(self) -> PersonFacts:
        """As the operation takes it."""
        said = {name: self.cleaned_data[name] for name in PersonFacts.__dataclass_fields__}
        return PersonFacts(**said | {"sex": said["sex"] or "0"})


class MandateFields(forms.Form):
    """What somebody is to us."""

    kind = forms.ChoiceField(label="身份", choices=list(MANDATE_LABELS.items()))
    level = forms.ChoiceField(
        label="层级", choices=[("", "不分层级"), *CONGRESS_LEVEL_LABELS.items()], required=False,
        help_text="人大代表、政协委员必填。",
    )  # fmt: skip
    term = forms.IntegerField(label="届", required=False, min_value=1, max_value=99, help_text="第十六届填16。")
    delegation = forms.CharField(label="代表团或界别", required=False, max_length=60)
    number = forms.CharField(
        label="证号", required=False, max_length=40, help_text="代表证、委员证的号码，不是身份证号码。"
    )
    body = forms.ModelChoiceField(CongressBody.objects.none(), label="联系机构", required=False, empty_label="未填")
    liaison_officer = PostChoice(Post.objects.none(), label="联络员", required=False, empty_label="暂不指定")
    from_on = _day("任期起")
    until_on = _day("任期止", required=False, help_text="不再担任的第一天；还在任的不填。")

    def offer(
        self, office: Procuratorate, on: date, *, besides: Post | None = None, body: CongressBody | None = None
    ) -> None:
        """The office's bodies and officers; besides, body: who stays chosen though no longer in the post, in use."""
        bodies = bodies_of(office, on, kinds=ASSIGNERS, besides=body)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        if not bodies:
            self.fields["body"].help_text = "还没有联系机构可选，可以先不填；由联络办公室在【交办机关】录入。"
        self.fields["liaison_officer"].queryset = officers_and(besides, office, on)  # type: ignore[attr-defined]

    def mandate(self) -> MandateFacts:
        """As the operation takes it."""
        return MandateFacts(**{name: self.cleaned_data[name] for name in MandateFacts.__dataclass_fields__})


def officers_and(besides: Post | None, office: Procuratorate, on: date) -> Any:
    """Officers of an office on a day, and one more."""
    kept = Q(pk__in=officers_of(office, on).values("pk")) | Q(pk=besides.pk if besides else None)
    return Post.objects.filter(kept).select_related("staff").order_by("id")


class EnterForm(MandateFields, PersonFields, RequestKeyForm):
    """A new person with mandate and mobile."""

    PERSON = ("name", "sex", "ethnicity", "birth_year", "unit_post", "profession", "assistance")
    MANDATE = ("kind", "level", "term", "delegation", "number", "body", "liaison_officer", "from_on", "until_on")
    CONTACT = ("mobile", "evidence")
    mobile = forms.CharField(label="手机", required=False, max_length=30, help_text="加密保存，列表上隐去中间四位。")
    evidence = forms.CharField(label="核实方式", required=False, max_length=120, help_text=EVIDENCE_HELP)

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the order of the page, by heading."""
        parts = [("基本情况", self.PERSON), ("任职", self.MANDATE), ("联系方式", self.CONTACT)]
        return [(title, [self[name] for name in names]) for title, names in parts]


class ChangeForm(PersonFields, VersionForm):
    """A person as read."""

    def __init__(self, data: Any, *, person: Person) -> None:
        stands = {name: getattr(person, name) for name in PersonFacts.__dataclass_fields__}
        super().__init__(data, initial=stands | {"version": person.version})


class AddMandateForm(MandateFields, VersionForm):
    """One more mandate."""

    def __init__(self, data: Any, *, person: Person, on: date) -> None:
        super().__init__(data, initial={"version": person.version, "from_on": on})
        self.offer(person.procuratorate, on)


class ChangeMandateForm(MandateFields, VersionForm):
    """A mandate as read."""

    def __init__(self, data: Any, *, mandate: Mandate, on: date) -> None:
        stands = {name: getattr(mandate, name) for name in MandateFacts.__dataclass_fields__}
        super().__init__(data, initial=stands | {"version": mandate.person.version})
        self.offer(mandate.person.procuratorate, on, besides=mandate.liaison_officer, body=mandate.body)


class EndMandateForm(VersionForm):
    """From when a mandate is no longer held."""

    until_on = _day("终止日", help_text="不再担任的第一天。")
    reason = forms.CharField(label="终止原因", required=False, max_length=60, help_text="例如“换届”“辞职”“调离”。")

    def __init__(self, data: Any, *, mandate: Mandate, on: date) -> None:
        super().__init__(data, initial={"version": mandate.person.version, "until_on": on})


class OfficerForm(VersionForm):
    """Who looks after a deputy."""

    officer = PostChoice(Post.objects.none(), label="联络员", required=False, empty_label="暂不指定")

    def __init__(self, data: Any, *, mandate: Mandate, on: date) -> None:
        held = mandate.liaison_officer
        super().__init__(data, initial={"version": mandate.person.version, "officer": held})
        offered = officers_of(mandate.person.procuratorate, on)
        self.fields["officer"].queryset = offered  # type: ignore[attr-defined]


class ContactForm(VersionForm):
    """How a person is reached."""

    channel = forms.TypedChoiceField(label="方式", choices=ADDRESSES, coerce=Channel)
    value = forms.CharField(label="号码或地址", max_length=200, help_text="加密保存；填写后替换同一方式原来的号码。")
    evidence = forms.CharField(label="核实方式", required=False, max_length=120, help_text=EVIDENCE_HELP)

    def __init__(self, data: Any, *, person: Person) -> None:
        super().__init__(data, initial={"version": person.version})


class PhoneForm(forms.Form):
    """A number to look up."""

    phone = forms.CharField(
        label="手机号码", max_length=30, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"})
    )
