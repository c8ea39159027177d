"""What is typed about a common problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from huiyin.desk.matters.forms import Uploads
from huiyin.desk.replies.forms import day_input
from huiyin.matters.models import Matter
from huiyin.organisations.models import Post
from huiyin.suggestions.models import TALK_LABELS, TalkForm
from huiyin.suggestions.operations.common_problems import ProblemFacts, RuleFacts
from huiyin.suggestions.operations.common_talks import TalkFacts
from huiyin.web.forms import RequestKeyForm, TickedRows, VersionForm

SIGNERS_AT_MOST: Final = 60


class OpenForm(RequestKeyForm):
    """What it is, who works it out, by when."""

    title = forms.CharField(label="共性问题", max_length=120, help_text="例如“校园周边电子烟监管责任不清”。")
    words = forms.CharField(
        label="关键词", max_length=120, required=False, help_text="几个词之间用空格分开，按它们找相近的建议、提案。"
    )
    category = forms.ChoiceField(label="业务类别", required=False)
    owner = forms.ChoiceField(label="责任部门和责任人")
    due_on = forms.DateField(
        label="何时以前建章立制", required=False, widget=day_input(), help_text="不填的按制度，到年底。"
    )

    def __init__(self, data: Any = None, *, owners: Sequence[Post], categories: Iterable[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.owners = {str(post.pk): post for post in owners}
        choices = [(key, f"{post.department}：{post.label}") for key, post in self.owners.items()]
        self.fields["owner"].choices = [("", "（请选择）"), *choices]  # type: ignore[attr-defined]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", "不限"), *((each, each) for each in categories)
        ]  # fmt: skip

    def facts(self) -> ProblemFacts:
        """The problem as the operation takes it."""
        said = self.cleaned_data
        return ProblemFacts(
            title=said["title"], owner=self.owners[said["owner"]], words=said["words"], category=said["category"],
            due_on=said["due_on"],
        )  # fmt: skip


class GatherForm(VersionForm):
    """Which suggestions belong to it."""

    matters = TickedRows(
        Matter.objects.none(), label="看来属于这个问题的", required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "one-a-line"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, found: Sequence[Matter], among: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(data, auto_id="gather_%s", **kwargs)
        chosen = self.fields["matters"]
        chosen.queryset = among  # type: ignore[attr-defined]
        chosen.choices = [(each.pk, f"{each.known_as} {each.title}") for each in found]  # type: ignore[attr-defined]


class LookForm(forms.Form):
    """Other words to look by."""

    word = forms.CharField(label="换个词找", max_length=40, required=False, help_text="几个词用空格分开，找都含有的。")


class DiscussForm(VersionForm, RequestKeyForm):
    """A meeting or an inquiry on the spot."""

    form = forms.ChoiceField(label="形式", choices=list(TALK_LABELS.items()), widget=forms.RadioSelect)
    held_on = forms.DateField(label="日期", widget=day_input())
    place = forms.CharField(label="地点", max_length=120, required=False)
    took_part = forms.CharField(label="参加的人", max_length=500, help_text="代表、委员、有关部门和单位，用顿号分开。")
    said = forms.CharField(label="听到的意见", max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="discuss_%s", **kwargs)

    def facts(self) -> TalkFacts:
        """As the operation takes it."""
        said = self.cleaned_data
        return TalkFacts(
            form=TalkForm(said["form"]), held_on=said["held_on"], place=said["place"], took_part=said["took_part"],
            said=said["said"],
        )  # fmt: skip


class AnalyseForm(VersionForm):
    """Why it comes again, what is to change."""

    analysis = forms.CharField(label="原因分析", max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    measures_text = forms.CharField(label="改进办法", max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="analyse_%s", **kwargs)


class RuleForm(VersionForm, RequestKeyForm):
    """The rule document."""

    title = forms.CharField(label="文件名称", max_length=200)
    number = forms.CharField(label="文号", max_length=60)
    dated_on = forms.DateField(label="成文日期", widget=day_input())
    signers = forms.CharField(
        label="发文和会签单位", max_length=6000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一个单位，发文单位写在第一行；签署人写在单位后面，用空格隔开。联合发文有几家写几行。",
    )  # fmt: skip
    revises = forms.CharField(label="修订的文件", max_length=200, required=False, help_text="修订原有制度的填写。")
    file = Uploads(label="文件", required=False, help_text="Word、PDF 或者扫描件。")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="rule_%s", **kwargs)

    def clean_signers(self) -> list[tuple[str, str]]:
        """Organ and signer, a line each."""
        lines = [line.split(None, 1) for line in str(self.cleaned_data["signers"]).splitlines() if line.strip()]
        if len(lines) > SIGNERS_AT_MOST:
            raise forms.ValidationError(f"最多写{SIGNERS_AT_MOST}个单位，请分成几份文件登记。")
        return [(line[0], line[1] if len(line) > 1 else "") for line in lines]

    def facts(self) -> RuleFacts:
        """The document as the operation takes it."""
        said = self.cleaned_data
        return RuleFacts(
            title=said["title"], number=said["number"], dated_on=said["dated_on"], signers=said["signers"],
            revises=said["revises"],
        )  # fmt: skip


class EndForm(VersionForm):
    """Why no rule came of it."""

    reason = forms.CharField(label="没有形成制度的原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="end_%s", **kwargs)
