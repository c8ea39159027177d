"""What is asked and typed about figures and reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms

from huiyin.organisations.models import CongressBody, Post
from huiyin.organisations.rules import BodyKind, Role
from huiyin.statistics.rules.indicators import INDICATORS
from huiyin.statistics.rules.periods import BASIS_LABELS, Basis, Period, period_of
from huiyin.statistics.rules.reports import REPORT_KIND_LABELS, ReportKind
from huiyin.suggestions.kind import ACCOUNTED, PROPOSAL, SUGGESTION
from huiyin.suggestions.models import Suggestion
from huiyin.web.forms import RequestKeyForm, VersionForm

KINDS: Final = ((SUGGESTION, "代表建议"), (PROPOSAL, "政协提案"))
YEARS_BACK: Final = 4


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


def periods_of(post: Post, today: date) -> list[tuple[str, str]]:
    """This year and the years before, then the sessions and terms that the office has suggestions of."""
    years = [(str(year), f"{year}年") for year in range(today.year, today.year - YEARS_BACK - 1, -1)]
    own = Suggestion.objects.filter(matter__procuratorate=post.procuratorate_id, matter__kind__in=ACCOUNTED)
    known = own.order_by("-term", "-session").values_list("term", "session").distinct()
    spans = [Period(term=term, session=session or 0) for term, session in known]
    terms = [Period(term=term) for term in dict.fromkeys(span.term for span in spans)]
    return years + [(span.code, f"{span.label}全部" if span in terms else span.label) for span in (*spans, *terms)]


class PeriodForm(forms.Form):
    """Over which matters the figures go."""

    period = forms.ChoiceField(label="期间", required=False)
    basis = forms.ChoiceField(label="年度按", required=False, choices=list(BASIS_LABELS.items()))
    kind = forms.ChoiceField(label="范围", required=False, choices=[("", "建议和提案"), *KINDS])

    def __init__(self, data: Any, *, post: Post, today: date) -> None:
        super().__init__(data, auto_id="period-%s", initial={"period": str(today.year)})
        self.today = today
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = periods_of(post, today)
        if not self["period"].value():
            self.data = {**dict(self.data.items()), "period": str(today.year)}

    def chosen(self) -> tuple[Period, str]:
        """The period and the kind; what nobody offered is this year and both kinds."""
        self.is_valid()
        said = self.cleaned_data
        return chosen_period(said.get("period", ""), said.get("basis", ""), self.today), said.get("kind", "")


def chosen_period(code: str, basis: str, today: date) -> Period:
    """A year by the day asked for, or the session of the code."""
    by_year = period_of(f"y{code}{(basis or Basis.ASSIGNED)[0]}")
    return by_year or period_of(code) or Period(year=today.year)


class BeginForm(RequestKeyForm):
    """Which report."""

    kind = forms.ChoiceField(
        label="报告种类", required=False, choices=list(REPORT_KIND_LABELS.items()),
        help_text="半年小结和年度总结按年度统计，供院领导阅；办理情况报告送人大常委会。",
    )  # fmt: skip
    period = forms.ChoiceField(label="期间")
    basis = forms.ChoiceField(label="年度按", choices=list(BASIS_LABELS.items()), help_text="只对年度有用。")
    matter_kind = forms.ChoiceField(label="范围", choices=KINDS)
    as_of_on = forms.DateField(
        label="数据截至", widget=DayInput, help_text="含当天。在这一天以后发生的答复、评价和办结不计入。"
    )
    salutation = forms.CharField(
        label="主送机关", max_length=120, required=False,
        help_text="不填的，办理情况报告送本级人大常委会，小结和总结送检察长。",
    )  # fmt: skip

    def __init__(self, *args: Any, post: Post, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.post = today, post
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = periods_of(post, today)

    def facts(self) -> dict[str, Any]:
        """As `begin_report` takes them."""
        said = dict(self.cleaned_data)
        period = chosen_period(said.pop("period"), said.pop("basis"), self.today)
        kind = ReportKind(said["kind"] or ReportKind.HANDLING)
        salutation = said["salutation"] or usual_salutation(kind, self.post)
        return {**said, "kind": kind, "salutation": salutation, "period": period.code}


def usual_salutation(kind: ReportKind, post: Post) -> str:
    """Whom such a report goes to: the congress's body that the office knows, or the chief."""
    if kind is not ReportKind.HANDLING:
        return "检察长："
    own = CongressBody.objects.filter(procuratorate=post.procuratorate_id, kind=BodyKind.CONGRESS)
    name = own.order_by("pk").values_list("name", flat=True).first()
    return f"{name}：" if name else ""


def chief_name(office: int, on: date) -> str:
    """Who signs for the office."""
    found = Post.objects.held_on(on).filter(procuratorate=office, role=Role.CHIEF)
    return found.order_by("id").values_list("staff__name", flat=True).first() or ""


class EditForm(VersionForm):
    """The words of a draft."""

    title = forms.CharField(label="标题", max_length=120)
    salutation = forms.CharField(label="主送机关", max_length=120)
    text = forms.CharField(
        label="正文", max_length=50_000, widget=forms.Textarea(attrs={"rows": 26}),
        help_text="一行一段，一、（一）开头的行是标题。【】里是统计项目，保存后自动换成数字。",
    )  # fmt: skip
    closing = forms.CharField(label="结束语", max_length=120, required=False)


class IssueForm(VersionForm):
    """The last look before the figures are frozen."""

    number = forms.CharField(label="文号", max_length=60, required=False, help_text="没有文号的可以不填。")
    signer = forms.CharField(
        label="签发人", max_length=60, required=False, help_text="印在办理情况报告红线上方右侧；小结和总结不印。"
    )
    issued_on = forms.DateField(label="成文日期", widget=DayInput)
    is_checked = forms.BooleanField(label="手填数字已核对", required=False)

    def __init__(self, *args: Any, has_doubts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_doubts:
            del self.fields["is_checked"]

    def facts(self) -> dict[str, Any]:
        """As `issue_report` takes them."""
        return {"is_checked": False} | self.cleaned_data


class BesideForm(RequestKeyForm):
    """A figure reported elsewhere."""

    indicator = forms.ChoiceField(label="统计项目")
    value = forms.CharField(label="报出的数", max_length=40, help_text="照原样填写，例如 100%（3/3）。")
    source = forms.CharField(label="出处", max_length=200)
    why = forms.CharField(
        label="差异说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不填的，能从统计看出原因的自动写明。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="beside-%s", **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _labels((each.code, each.label) for each in INDICATORS)


def _labels(given: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "请选择"), *given]
