"""What is typed about a body."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.organisations.models import CongressBody
from huiyin.organisations.operations import BodyFacts
from huiyin.organisations.rules import BODY_KIND_LABELS, BodyKind
from huiyin.web.forms import RequestKeyForm, VersionForm


class BodyFields(forms.Form):
    """Who it is and whom to call."""

    kind = forms.TypedChoiceField(
        label="类别", choices=list(BODY_KIND_LABELS.items()), coerce=BodyKind,
        help_text="人大机构、政协机构可以选作交办机关；其他类别可以选作会同办理的外单位。",
    )  # fmt: skip
    name = forms.CharField(label="单位名称", max_length=200, help_text="写全称，答复函的抄送和打印件上用它。")
    contact_name = forms.CharField(label="联系人", max_length=200, required=False)
    phone = forms.CharField(
        label="联系电话", max_length=60, required=False, help_text="加密保存，列表上隐去中间几位。",
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip

    def body(self) -> BodyFacts:
        """As the operation takes it."""
        return BodyFacts(**{name: self.cleaned_data[name] for name in BodyFacts.__dataclass_fields__})


class EnterForm(BodyFields, RequestKeyForm):
    """A new body."""


class ChangeForm(BodyFields, VersionForm):
    """A body as read; the phone is not shown again."""

    forget_phone = forms.BooleanField(label="删去登记的电话", required=False)

    def __init__(self, data: Any, *, body: CongressBody) -> None:
        stands = {"kind": body.kind, "name": body.name, "contact_name": body.contact_name, "version": body.version}
        super().__init__(data, initial=stands)
        if body.contact_phone:
            self.fields["phone"].help_text = "已经登记了号码；不填就不改动，填了就替换。"
        else:
            del self.fields["forget_phone"]
