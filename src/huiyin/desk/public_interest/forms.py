"""What is typed about a conversion between suggestions and public-interest cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from huiyin.desk.matters.forms import Uploads
from huiyin.desk.replies.forms import day_input
from huiyin.organisations.models import Department, Post
from huiyin.suggestions.models import DIRECTION_LABELS, FIELDS, PAPER_LABELS, Direction, PaperKind
from huiyin.suggestions.operations.public_interest import PaperFacts, TransferFacts
from huiyin.web.forms import RequestKeyForm, VersionForm, pressed


def _choose(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "（请选择）"), *choices]


class OpenForm(RequestKeyForm):
    """What is converted, which way."""

    direction = forms.ChoiceField(
        label="方向", choices=list(DIRECTION_LABELS.items()), widget=forms.RadioSelect, initial=Direction.TO_CASE
    )
    title = forms.CharField(label="线索或者案件", max_length=200, help_text="例如“校园周边商店向未成年人出售电子烟”。")
    field = forms.ChoiceField(label="领域")
    source = forms.CharField(
        label="来源", max_length=200, required=False,
        help_text="人大抄送来的，写抄送机关和建议号；检察建议转代表建议的，写请哪位代表关注。",
    )  # fmt: skip
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    received_on = forms.DateField(label="收到日", widget=day_input())
    department = forms.ChoiceField(label="办理部门")
    leader = forms.ChoiceField(label="决定立案的院领导", required=False, help_text="建议转公益诉讼的必选。")
    copied_to = forms.CharField(label="抄送机关", max_length=120, help_text="立案决定书、检察建议书抄送给谁。")

    def __init__(
        self, data: Any = None, *, departments: Sequence[Department], leaders: Sequence[Post], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.departments = {str(each.pk): each for each in departments}
        self.leaders = {str(post.pk): post for post in leaders}
        _choose(self.fields["field"], [(each, each) for each in FIELDS])
        _choose(self.fields["department"], [(key, each.name) for key, each in self.departments.items()])
        _choose(self.fields["leader"], [(key, post.label) for key, post in self.leaders.items()])

    def facts(self) -> TransferFacts:
        """As the operation takes them."""
        said = self.cleaned_data
        return TransferFacts(
            direction=Direction(said["direction"]), title=said["title"], field=said["field"], source=said["source"],
            reason=said["reason"], received_on=said["received_on"], department=self.departments[said["department"]],
            leader=self.leaders.get(said["leader"]), copied_to=said["copied_to"],
        )  # fmt: skip


class DecideForm(VersionForm):
    """To file or not; the button says which."""

    opinion = forms.CharField(
        label="意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不立案的，请写明理由。",
    )  # fmt: skip

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="decide_%s", **kwargs)

    def verdict(self, said: str | None) -> bool | None:
        """What the button pressed stands for."""
        return pressed(self, {"file": True, "refuse": False}, said, sentence="请点“同意立案”或者“不立案”。")


class PaperForm(VersionForm, RequestKeyForm):
    """A decision or a 检察建议书."""

    kind = forms.ChoiceField(label="文书")
    number = forms.CharField(label="文号", max_length=60)
    dated_on = forms.DateField(label="成文日期", widget=day_input(), help_text="抄送期限从这一天起算。")
    addressee = forms.CharField(
        label="发给哪个单位", max_length=120, required=False, help_text="检察建议书写受建议的机关。"
    )
    file = Uploads(label="文书文件", required=False, help_text="Word、PDF 或者扫描件。")

    def __init__(self, data: Any = None, *, kinds: Sequence[PaperKind], **kwargs: Any) -> None:
        super().__init__(data, auto_id="paper_%s", **kwargs)
        _choose(self.fields["kind"], [(kind.value, PAPER_LABELS[kind]) for kind in kinds])

    def facts(self) -> PaperFacts:
        """As the operation takes them."""
        said = self.cleaned_data
        return PaperFacts(
            kind=PaperKind(said["kind"]), number=said["number"], dated_on=said["dated_on"], addressee=said["addressee"]
        )


class CopiedForm(forms.Form):
    """When and how a copy went out."""

    copied_on = forms.DateField(label="抄送日", widget=day_input())
    how = forms.CharField(label="抄送方式", max_length=100, help_text="例如机要交换，谁签收。")


class EndForm(VersionForm):
    """What came of it."""

    outcome = forms.CharField(label="结果", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    ended_on = forms.DateField(label="办结日", widget=day_input())
    became = forms.CharField(
        label="形成的建议号",
        max_length=40,
        required=False,
        help_text="检察建议转成本院登记的建议的，填来文号或者收文号。",
    )

    def __init__(self, data: Any = None, *, is_to_case: bool, **kwargs: Any) -> None:
        super().__init__(data, auto_id="end_%s", **kwargs)
        if is_to_case:
            del self.fields["became"]
