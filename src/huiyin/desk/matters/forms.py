"""What is typed about a matter: registering by hand, classifying, correcting, splitting, adding files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict

from huiyin.desk.uploads import Kept
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.text import clip, normalise
from huiyin.matters.operations.items import ItemRow
from huiyin.matters.rules import (
    HANDLER_ROLE_LABELS,
    OUTCOME_LABELS,
    PROBLEM_CLASS_LABELS,
    URGENCY_LABELS,
    HandlerRole,
    ProblemClass,
    Urgency,
)
from huiyin.organisations.models import CongressBody, Department, Procuratorate
from huiyin.organisations.queries import bodies_of
from huiyin.organisations.rules import ASSIGNERS, BodyKind
from huiyin.regulations.books import KeyCriterion
from huiyin.suggestions.facts import NAME_LENGTH, Signer, SuggestionFacts
from huiyin.suggestions.list_cells import read_names, read_number
from huiyin.suggestions.operations.correct import Correction
from huiyin.suggestions.rules import (
    BROUGHT_BY_DEPUTIES,
    DOCKETING_LABELS,
    PROPOSER_KIND_LABELS,
    SIDE_LABELS,
    SIGNED_BY,
    SUGGESTION_KIND_LABELS,
    Docketing,
    ProposerKind,
    Side,
    SuggestionKind,
    side_of,
)
from huiyin.web.forms import RequestKeyForm, VersionForm

NOT_CHOSEN: Final = [("", "未分类")]


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class ManyFiles(forms.FileInput):
    """Several files in one field; they are kept by `keep_uploads`, not by the form."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> None:
        return None


class Uploads(forms.Field):
    """A file field whose files the view keeps as drafts; the form says which it has and why others were refused."""

    widget = ManyFiles


def say_kept(form: forms.Form, name: str, kept: Kept) -> None:
    """Name the kept files under their field, and each refusal as its error."""
    if kept.files:
        names = "、".join(file.name for file in kept.files)
        form.fields[name].help_text = f"已上传：{names}。不用再选；另选的会一并加入。"
    if form.is_bound:
        for sentence in kept.refusals:
            form.add_error(name, sentence)


class EnterForm(RequestKeyForm):
    """A suggestion registered by hand."""

    side = forms.ChoiceField(
        label="提出方", choices=[each for each in SIDE_LABELS.items() if each[0] is not Side.BODY], initial=Side.DEPUTY
    )
    kind = forms.ChoiceField(
        label="种类", choices=list(SUGGESTION_KIND_LABELS.items()), initial=SuggestionKind.SUGGESTION
    )
    assigner = forms.ModelChoiceField(CongressBody.objects.none(), label="交办机关", empty_label="请选择")
    list_number = forms.CharField(label="来文号", max_length=60, required=False, help_text="交办文件的文号。")
    term = forms.IntegerField(label="届", min_value=1, max_value=99, help_text="第十六届填 16。")
    session = forms.IntegerField(
        label="次会议", min_value=1, max_value=20, required=False, help_text="第二次会议填 2；闭会期间的不填。"
    )
    external_number = forms.CharField(label="编号", max_length=40, help_text="人大、政协编的号，如 162001、闭160002。")
    assigned_on = forms.DateField(label="交办日", widget=DayInput, help_text="答复期限从这一天起算。")
    received_on = forms.DateField(label="收到日", widget=DayInput, help_text="协办、退回期限从这一天起算。")
    title = forms.CharField(label="标题", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    lead = forms.CharField(label="领衔人", max_length=100, help_text="党派、团体提案填单位名称。")
    delegation = forms.CharField(label="代表团或界别", max_length=60, required=False)
    cosigners = forms.CharField(
        label="附议人",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="几位之间用顿号分开。",
    )
    handler_role = forms.ChoiceField(
        label="我院角色", choices=list(HANDLER_ROLE_LABELS.items()), widget=forms.RadioSelect, initial=HandlerRole.SOLE
    )
    lead_unit = forms.CharField(label="主办单位", max_length=120, required=False, help_text="我院协办时填写。")
    other_units = forms.CharField(label="会同单位", max_length=300, required=False, help_text="其他主办、协办单位。")
    body = forms.CharField(label="内容", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    originals = Uploads(label="建议原文", required=False, help_text="Word、PDF 或者扫描图片。")
    enclosures = Uploads(label="附件", required=False)

    def __init__(self, *args: Any, office: Procuratorate, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assigner"].queryset = bodies_of(office, on, kinds=ASSIGNERS)  # type: ignore[attr-defined]

    def clean_external_number(self) -> str:
        """The number without 第 and 号."""
        try:
            return read_number(self.cleaned_data["external_number"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_cosigners(self) -> str:
        """Names that a register can hold; a longer one is two that nothing parts."""
        said: str = self.cleaned_data["cosigners"]
        _refuse_long_names(said)
        return said

    def facts(self) -> SuggestionFacts:
        """What was typed, as facts to register."""
        said = self.cleaned_data
        return SuggestionFacts(
            title=normalise(said["title"]).replace("\n", ""),
            body=normalise(said["body"]),
            kind=SuggestionKind(said["kind"]),
            side=Side(said["side"]),
            assigner=said["assigner"],
            term=said["term"],
            session=said["session"],
            external_number=said["external_number"],
            list_number=normalise(said["list_number"]),
            assigned_on=said["assigned_on"],
            received_on=said["received_on"],
            handler_role=HandlerRole(said["handler_role"]),
            lead_unit=normalise(said["lead_unit"]),
            other_units=normalise(said["other_units"]),
            lead=Signer(name=normalise(said["lead"]), delegation=normalise(said["delegation"])),
            cosigners=tuple(Signer(name=name) for name in read_names(said["cosigners"])),
        )


def _refuse_long_names(said: str) -> None:
    for place, name in enumerate(read_names(said), start=1):
        if len(name) > NAME_LENGTH:
            raise forms.ValidationError(
                f"附议人第{place}位“{clip(name, 20)}”有{len(name)}个字，最多{NAME_LENGTH}个字。是几位的，请用顿号分开。"
            )


class ProposalForm(EnterForm):
    """A proposal to the CPPCC registered by hand: who brings it decides salutation and whose seal it bears."""

    proposer_kind = forms.ChoiceField(
        label="提案形式",
        choices=[(kind.value, f"{label}（{SIGNED_BY[kind]}）") for kind, label in PROPOSER_KIND_LABELS.items()],
        initial=ProposerKind.MEMBER,
    )
    docketing = forms.ChoiceField(
        label="立案情况", choices=list(DOCKETING_LABELS.items()), initial=Docketing.FILED,
        help_text="没有立案的不是提案，没有答复期限，仍可以办理和回复。",
    )  # fmt: skip
    field_order = ("proposer_kind", "docketing")

    def __init__(self, *args: Any, office: Procuratorate, on: date, **kwargs: Any) -> None:
        super().__init__(*args, office=office, on=on, **kwargs)
        del self.fields["side"], self.fields["kind"]
        self.fields["assigner"].queryset = bodies_of(office, on, kinds={BodyKind.CPPCC})  # type: ignore[attr-defined]
        said = {
            "term": ("届", "政协第十四届填 14。"),
            "external_number": ("提案编号", "政协编的号，如 0117。"),
            "lead": ("第一提案人或者提案单位", "委员写姓名；党派、团体、界别、小组、专门委员会写名称。"),
            "delegation": ("界别", ""),
            "cosigners": ("联名提案人", "几位之间用顿号分开；提案单位不填。"),
            "originals": ("提案原文", "Word、PDF 或者扫描图片。"),
        }
        for name, (label, help_text) in said.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def clean(self) -> dict[str, Any]:
        """Only members sign together."""
        said = super().clean() or self.cleaned_data
        if said.get("proposer_kind") not in {None, ProposerKind.MEMBER} and said.get("cosigners"):
            self.add_error("cosigners", "以单位名义提出的提案没有联名提案人；委员联名提出的，提案形式请选“委员提案”。")
        return said

    def facts(self) -> SuggestionFacts:
        """What was typed, as facts to register."""
        kind = ProposerKind(self.cleaned_data["proposer_kind"])
        self.cleaned_data |= {"side": side_of(kind), "kind": SuggestionKind.PROPOSAL}
        docketing = Docketing(self.cleaned_data["docketing"])
        return replace(super().facts(), proposer_kind=kind, docketing=docketing)


class ClassifyForm(VersionForm):
    """Category, who might handle it, class of problem, key, urgent."""

    category = forms.ChoiceField(label="业务类别", required=False)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="拟承办部门", required=False, empty_label="按业务类别建议",
        help_text="拟办时先填上这个部门，仍可改动。",
    )  # fmt: skip
    problem_class = forms.ChoiceField(label="问题分类", required=False, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label="紧急程度", choices=list(URGENCY_LABELS.items()), widget=forms.RadioSelect)
    is_key = forms.BooleanField(label="列为重点办理", required=False)
    key_criteria = forms.MultipleChoiceField(
        label="列为重点的标准", required=False, widget=forms.CheckboxSelectMultiple
    )
    key_reason = forms.CharField(label="其他理由", max_length=120, required=False)

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[KeyCriterion],
        classes: Mapping[str, str],
        categories: Mapping[str, str],
        departments: Sequence[Department],
        weighs: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        category, department = self.fields["category"], self.fields["department"]
        problem, key = self.fields["problem_class"], self.fields["key_criteria"]
        assert isinstance(category, forms.ChoiceField)
        assert isinstance(department, forms.ModelChoiceField)
        assert isinstance(problem, forms.ChoiceField)
        now = self.initial.get("category") or ""
        former = [(now, f"{now}（现行目录没有）")] if now and now not in categories else []
        category.choices = [*NOT_CHOSEN, *categories.items(), *former]
        if not categories:
            category.help_text = "现行制度里没有业务类别，请联系办公室装入业务类别目录。"
        department.queryset = Department.objects.filter(pk__in=[each.pk for each in departments])
        assert isinstance(key, forms.MultipleChoiceField)
        problem.choices = [*NOT_CHOSEN, *(classes or PROBLEM_CLASS_LABELS).items()]
        key.choices = [(each.title, each.title) for each in criteria]
        if not criteria:
            del self.fields["key_criteria"]
        if not weighs:  # a leader has it: its weight is decided by acts of their own
            for name in {"urgency", "is_key", "key_criteria", "key_reason"} & set(self.fields):
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """The keywords of the operation."""
        said = {**self.initial, **self.cleaned_data}
        chosen = said["problem_class"]
        return {
            "category": said["category"],
            "department": said["department"],
            "problem_class": ProblemClass(chosen) if chosen else None,
            "is_key": said["is_key"],
            "key_criteria": said.get("key_criteria", []),
            "key_reason": normalise(said["key_reason"]),
            "urgency": Urgency(said["urgency"]),
        }


class CorrectForm(VersionForm):
    """The facts as they should stand, and why they change."""

    title = forms.CharField(label="标题", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(
        label="种类", choices=[(each.value, SUGGESTION_KIND_LABELS[each]) for each in BROUGHT_BY_DEPUTIES]
    )
    lead = forms.CharField(label="领衔人", max_length=100)
    delegation = forms.CharField(label="团组或界别", max_length=60, required=False)
    cosigners = forms.CharField(
        label="附议（联名）人",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="几位之间用顿号分开。补上的，答复时一并送达、请其评价；已经送达或者评价过的不能去掉。",
    )
    cosigner_count = forms.IntegerField(
        label="附议（联名）人数", min_value=0, max_value=3000, required=False,
        help_text="含没有列名的；空着按列名的计。",
    )  # fmt: skip
    handler_role = forms.ChoiceField(
        label="我院角色", choices=list(HANDLER_ROLE_LABELS.items()), widget=forms.RadioSelect
    )
    lead_unit = forms.CharField(label="主办单位", max_length=120, required=False, help_text="我院协办时填写。")
    other_units = forms.CharField(label="会同单位", max_length=300, required=False)
    assigned_on = forms.DateField(label="交办日", widget=DayInput, help_text="改动后期限重新计算并通知承办人。")
    received_on = forms.DateField(label="收到日", widget=DayInput)
    body = forms.CharField(label="内容", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    reason = forms.CharField(label="更正原因", max_length=200, help_text="如：人大代工委来函更正。")

    def __init__(self, *args: Any, is_proposal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_proposal:
            del self.fields["kind"]

    def clean_cosigners(self) -> str:
        """Names that a register can hold."""
        said: str = self.cleaned_data["cosigners"]
        _refuse_long_names(said)
        return said

    def correction(self) -> Correction:
        """What was typed, as a correction."""
        said = self.cleaned_data
        names, count = read_names(said["cosigners"]), said["cosigner_count"]
        return Correction(
            title=normalise(said["title"]).replace("\n", ""),
            kind=SuggestionKind(said.get("kind", SuggestionKind.PROPOSAL)),
            body=normalise(said["body"]),
            handler_role=HandlerRole(said["handler_role"]),
            lead_unit=normalise(said["lead_unit"]),
            other_units=normalise(said["other_units"]),
            assigned_on=said["assigned_on"],
            received_on=said["received_on"],
            lead=normalise(said["lead"]),
            delegation=normalise(said["delegation"]),
            cosigners=names,
            cosigner_count=len(names) if count is None else count,
        )


class ItemForm(forms.Form):
    """One request; emptied to take it away."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(label="要求", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    department = forms.ModelChoiceField(Department.objects.none(), label="承办部门", required=False, empty_label="未定")
    outcome = forms.ChoiceField(
        label="办理结果", choices=[("", "未定"), *OUTCOME_LABELS.items()], required=False,
        help_text="正在解决的，答复里要写明这一项的承诺和完成时间。",
    )  # fmt: skip

    def __init__(self, *args: Any, departments: Sequence[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = (self.prefix or "").rpartition("-")[2]
        self.fields["text"].label = f"第{int(place) + 1}项要求" if place.isdecimal() else "要求"
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.objects.filter(pk__in=[each.pk for each in departments])
        field.choices = [("", "未定"), *((each.pk, each.name) for each in departments)]

    def row(self) -> ItemRow | None:
        """The request, or None for an empty line."""
        said = self.cleaned_data
        text = normalise(said.get("text") or "")
        if not text:
            return None
        return ItemRow(
            text=text, department=said.get("department"), key=said.get("key"), outcome=said.get("outcome") or ""
        )


class AttachForm(RequestKeyForm):
    """Files to add, what they are."""

    kind = forms.ChoiceField(
        label="是什么",
        choices=[("original", "建议原文"), ("enclosure", "附件"), ("scan", "扫描件"), ("paper", "办理材料")],
    )
    papers = Uploads(label="文件", required=False, help_text="可以一次选几个。")
    note = forms.CharField(label="说明", max_length=200, required=False)
