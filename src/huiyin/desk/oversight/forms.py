"""What is typed about opinions of deliberations and inspections, assigned matters and acts of oversight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from huiyin.desk.replies.forms import day_input
from huiyin.files.models import StoredFile
from huiyin.kernel.text import clip, normalise
from huiyin.matters.models import Matter
from huiyin.matters.operations.orders import Order
from huiyin.organisations.models import CongressBody, Post
from huiyin.oversight.facts import OversightFacts
from huiyin.oversight.operations.endings import ResultFacts
from huiyin.oversight.rules import (
    ANSWER_MODE_LABELS,
    DAY_LABELS,
    FORM_LABELS,
    FORMS,
    GROUP_LABELS,
    REQUIRED,
    RESULT_LABELS,
    SCOPE_LABELS,
    Kind,
    Result,
)
from huiyin.suggestions.list_cells import read_names
from huiyin.web.forms import RequestKeyForm, VersionForm

OPINIONS_AT_MOST: Final = 60
OPINION_LENGTH: Final = 500
FIRST: Final = ("request_key", "version", "form", "scope", "asker", "number", "title")
OWN: Final = {
    Kind.REVIEW: ("occasion", "held_on", "committee", "opinions"),
    Kind.DELEGATION: ("occasion", "held_on", "delegation", "listener", "opinions"),
    Kind.INSPECTION: ("occasion", "held_on", "committee", "opinions"),
    Kind.ASSIGNED: ("asked_by", "owner", "told"),
    Kind.ACT: ("asked_by", "signed_by", "signed_count", "occasion", "held_on", "answer_mode", "answerer", "materials"),
}
"""Fields of each kind beside those of every kind."""
COMING: Final = (
    "term",
    "session",
    "assigned_on",
    "received_on",
    "answer_by_on",
    "body",
    "linked",
    "originals",
    "reason",
)
LABELS: Final = {
    Kind.DELEGATION: {"number": "意见编号", "assigned_on": "收集意见之日"},
    Kind.INSPECTION: {"occasion": "活动名称", "held_on": "活动日期", "title": "报告标题"},
    Kind.ASSIGNED: {"asked_by": "交办人或者批示人", "answer_by_on": "办理期限"},
    Kind.ACT: {"occasion": "在哪次会议上答复", "held_on": "会议日期", "answer_by_on": "答复期限"},
}


def _area(label: str, rows: int, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class FactsForm(forms.Form):
    """The facts of one such matter; only the fields of its kind."""

    form = forms.ChoiceField(label="形式", widget=forms.RadioSelect)
    scope = forms.ChoiceField(label="监督类别", choices=list(SCOPE_LABELS.items()), widget=forms.RadioSelect)
    asker = forms.ModelChoiceField(CongressBody.objects.none(), label="来文机关", empty_label="请选择")
    number = forms.CharField(label="来文号", max_length=40)
    title = forms.CharField(label="标题", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    occasion = forms.CharField(label="会议名称", max_length=120, help_text="例如：常委会第十二次会议。")
    held_on = forms.DateField(label="会议日期", widget=day_input())
    delegation = forms.CharField(label="代表团", max_length=60)
    asked_by = forms.CharField(label="提出人", max_length=200, required=False)
    signed_by = forms.ChoiceField(
        label="联名的是", choices=list(GROUP_LABELS.items()), required=False, widget=forms.RadioSelect,
        help_text="只有质询案填写。",
    )  # fmt: skip
    signed_count = forms.IntegerField(label="联名人数", min_value=1, max_value=3000, required=False)
    committee = forms.ModelChoiceField(
        CongressBody.objects.none(), label="征求意见的委员会", required=False, empty_label="（未定）",
        help_text="报告先送它征求意见，再正式报送。",
    )  # fmt: skip
    listener = forms.ChoiceField(label="到会听取意见", help_text="中层以上人员。")
    owner = forms.ChoiceField(label="责任人", help_text="中层以上人员；拟办时先填上他的部门。")
    answer_mode = forms.ChoiceField(
        label="答复方式",
        choices=list(ANSWER_MODE_LABELS.items()),
        widget=forms.RadioSelect,
        help_text="按来文或者会议通知填写。",
    )
    answerer = forms.ChoiceField(label="答复人", help_text="到会答复或者签署书面答复的负责人。")
    materials = _area("要求提供的材料", 2, 2000)
    opinions = _area("意见清单", 6, 20_000, help_text="一行一条，登记后逐条答复或者定措施。")
    told = forms.CharField(
        label="还要反馈的代表委员", max_length=400, required=False, help_text="几位之间用顿号分开；办结后一并反馈。"
    )
    term = forms.IntegerField(label="届", min_value=1, max_value=99, help_text="第十六届填 16。")
    session = forms.IntegerField(
        label="次会议", min_value=1, max_value=20, required=False, help_text="大会期间的填次数；闭会期间的不填。"
    )
    assigned_on = forms.DateField(label="来文日", widget=day_input(), help_text="制度规定的期限从这一天起算。")
    received_on = forms.DateField(label="收到日", widget=day_input())
    answer_by_on = forms.DateField(label="来文要求的日期", widget=day_input())
    body = _area("内容", 6, 50_000)
    linked = forms.CharField(
        label="衔接的事项", max_length=300, required=False,
        help_text="与哪些建议、视察检查前后衔接，填编号，几个之间用顿号分开。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: Kind, askers: Any, seniors: Sequence[Post], seen: Any, day_help: str,
        signers_help: str, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.kind, self.seen = kind, seen
        self.posts = {str(post.pk): post for post in seniors}
        wanted = [*FIRST, *OWN[kind], *COMING]
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        if not FORMS[kind]:
            del self.fields["form"]
        else:
            self._choose("form", [(each.value, FORM_LABELS[each]) for each in FORMS[kind]])
        if kind is not Kind.ACT:
            del self.fields["scope"]
        for name in ("asker", "committee"):
            if name in self.fields:
                self.fields[name].queryset = askers  # type: ignore[attr-defined]
        for name in ("listener", "owner", "answerer"):
            if name in self.fields:
                self._choose(name, [("", "请选择"), *((key, post.label) for key, post in self.posts.items())])
        for name, label in LABELS.get(kind, {}).items():
            self.fields[name].label = label
        for name, field in self.fields.items():
            if name in {"occasion", "held_on", "asked_by", "answer_by_on", "opinions"}:
                field.required = name in REQUIRED[kind]
        self.fields["answer_by_on"].help_text = day_help
        if "signed_count" in self.fields:
            self.fields["signed_count"].help_text = signers_help
        self.order_fields(wanted)

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_opinions(self) -> tuple[str, ...]:
        """One a line."""
        lines = [line.strip() for line in normalise(self.cleaned_data["opinions"]).splitlines() if line.strip()]
        if len(lines) > OPINIONS_AT_MOST:
            raise forms.ValidationError(f"一次最多列{OPINIONS_AT_MOST}条意见，这里有{len(lines)}条，其余登记后补记。")
        for place, line in enumerate(lines, start=1):
            if len(line) > OPINION_LENGTH:
                raise forms.ValidationError(
                    f"第{place}条“{clip(line, 20)}”有{len(line)}个字，最多{OPINION_LENGTH}个字。"
                )
        return tuple(lines)

    def clean_linked(self) -> tuple[Matter, ...]:
        """Matters of those numbers that the reader may open."""
        found = []
        for number in read_names(self.cleaned_data["linked"]):
            matters = self.seen(number)
            if len(matters) != 1:
                many = "有几件，请登记后在事项页衔接" if matters else "没有找到，请核对"
                raise forms.ValidationError(f"编号“{clip(number, 20)}”{many}。")
            found.append(matters[0])
        return tuple(found)

    def clean_told(self) -> tuple[str, ...]:
        """Names, each a person."""
        return tuple(clip(name, 100) for name in read_names(self.cleaned_data["told"]))

    def facts(self) -> OversightFacts:
        """What was typed, as facts to register."""
        said = {name: value for name, value in self.cleaned_data.items() if name in OversightFacts.__annotations__}
        for name in ("listener", "owner", "answerer"):
            if name in said:
                said[name] = self.posts[said[name]]
        for name in ("title", "body", "number", "occasion", "asked_by", "delegation", "materials"):
            if name in said:
                said[name] = normalise(said[name])
        said["title"] = said["title"].replace("\n", "")
        return OversightFacts(kind=self.kind, **said)


class EnterForm(FactsForm, RequestKeyForm):
    """Registering one."""

    originals = forms.FileField(label="来文原件", required=False, help_text="Word、PDF 或者扫描图片。")


class CorrectForm(FactsForm, VersionForm):
    """Putting one right; opinions are noted one by one and links made on the matter's page."""

    reason = forms.CharField(label="更正理由", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opinions", "linked"):
            self.fields.pop(name, None)

    def facts(self) -> OversightFacts:
        """As typed; opinions stand for themselves, so the list is taken as said."""
        self.cleaned_data["opinions"] = ("已登记",)
        return super().facts()


class OpinionForm(RequestKeyForm):
    """One more opinion or question."""

    text = forms.CharField(label="意见或者问题", max_length=OPINION_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))
    said_by = forms.CharField(label="提出人", max_length=60, required=False)


class AnswerForm(VersionForm):
    """What was answered."""

    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    answered_by = forms.ChoiceField(label="谁答复的")
    answered_on = forms.DateField(label="答复日期", widget=day_input())
    on_the_spot = forms.BooleanField(label="会上当场答复", required=False)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        choices = [("", "请选择"), *((key, post.label) for key, post in self.posts.items())]
        self.fields["answered_by"].choices = choices  # type: ignore[attr-defined]

    def clean_answered_by(self) -> Post:
        """The post chosen."""
        return self.posts[self.cleaned_data["answered_by"]]


class ResultForm(VersionForm, RequestKeyForm):
    """What whoever asked made of the answer."""

    result = forms.ChoiceField(label="结果", choices=list(RESULT_LABELS.items()), widget=forms.RadioSelect)
    on = forms.DateField(label="日期", widget=day_input())
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="作出决议、决定的写明名称和要求。",
    )  # fmt: skip
    order = forms.CharField(
        label="来文号", max_length=60, required=False, help_text="要求再作答复的，填写以下各项并上传来文扫描件。"
    )
    dated_on = forms.DateField(label="来文日期", widget=day_input(), required=False)
    again_by_on = forms.DateField(label="再次答复的日期", widget=day_input(), required=False)
    scan = forms.FileField(label="来文扫描件", required=False, help_text="PDF 或者图片。")

    def result_facts(self, body: CongressBody | None, scan: StoredFile | None) -> ResultFacts:
        """As the operation takes it."""
        said = self.cleaned_data
        result = Result(said["result"])
        order = None
        if result is Result.AGAIN:
            name = body.name if body else ""
            order = Order(organ=name, document_number=said["order"], dated_on=said["dated_on"], scan=scan, body=body)
        return ResultFacts(
            result=result, on=said["on"], note=said["note"], order=order, again_by_on=said["again_by_on"]
        )


def day_help_of(kind: Kind, counted: str) -> str:
    """What the field of the day says: what the book counts, or that the paper must name it."""
    if "answer_by_on" in REQUIRED[kind]:
        return f"到期前逐级提醒{DAY_LABELS[kind]}。"
    return f"不填的按制度：{counted}。" if counted else "施行的制度没有规定，请按来文填写。"
