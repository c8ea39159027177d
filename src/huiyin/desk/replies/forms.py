"""What is typed about a letter. Every form gives back what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms

from huiyin.kernel.text import normalise
from huiyin.matters.letters import LetterText, Promise, body_of
from huiyin.matters.models import Item, Participant
from huiyin.matters.rules import DELIVERY_MODE_LABELS, MODE_LABELS, DeliveryMode, Mode
from huiyin.web.forms import RequestKeyForm, TickedRows, VersionForm

SPARE_PROMISES: Final = 2
MOST_PROMISES: Final = 30
PUBLISH: Final = [("yes", "可以公开"), ("no", "不予公开")]


def day_input() -> forms.DateInput:
    """A day as browsers ask for it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LetterForm(VersionForm):
    """The whole text of a letter, as the browser edits it."""

    title = forms.CharField(label="标题", max_length=200)
    salutation = forms.CharField(label="称谓", max_length=200, help_text="以冒号结尾。")
    body = forms.CharField(
        label="正文",
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="一行一段。层次写“一、”“（一）”“1.”“（1）”，自动用相应字体；表格每行用 | 分隔各栏。",
    )
    closing = forms.CharField(label="结束语", max_length=500, required=False)
    outcome = forms.ChoiceField(label="办理结果", required=False, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(
        label="原因类别", required=False, help_text="不能解决或者正在解决的，选一类，供统计用；不印在答复上。"
    )
    reason = forms.CharField(
        label="原因说明",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不能解决或者正在解决的，写明原因。",
    )
    publish = forms.ChoiceField(label="本答复是否公开", choices=PUBLISH, required=False, widget=forms.RadioSelect)
    attachments = forms.CharField(
        label="附件",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一个名称。",
    )
    copies = forms.CharField(
        label="抄送",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一个单位。",
    )
    contact_name = forms.CharField(label="联系人", max_length=60, required=False)
    contact_phone = forms.CharField(label="联系电话", max_length=40, required=False)
    note = forms.CharField(
        label="修改说明", max_length=200, required=False, help_text="只在本系统里看到，不印在答复上。"
    )
    promises = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_PROMISES, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        text: LetterText,
        version: int,
        outcomes: Sequence[tuple[str, str]],
        reasons: Sequence[tuple[str, str]] = (),
        items: Sequence[Item] = (),
        is_reply: bool = True,
        has_note: bool = True,
        prefix: str | None = None,
    ) -> None:
        self.text, self.items = text, {str(item.pk): item for item in items}
        initial = {
            "version": version, "title": text.title, "salutation": text.salutation, "body": text.typed_body,
            "closing": text.closing, "outcome": text.outcome, "reason": text.reason,
            "reason_code": text.reason_code,
            "publish": {True: "yes", False: "no", None: ""}[text.publish],
            "attachments": "\n".join(text.attachments), "copies": "\n".join(text.copies),
            "contact_name": text.contact_name, "contact_phone": text.contact_phone,
        }  # fmt: skip
        super().__init__(data, initial=initial, prefix=prefix)
        choices = self.fields["outcome"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = list(outcomes)
        self._offer_reasons(reasons)
        self.rows = self._add_promises(data) if is_reply else 0
        if not is_reply:
            for name in ("outcome", "reason_code", "reason", "publish", "promises"):
                del self.fields[name]
        if not has_note:
            del self.fields["note"]

    def _offer_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        """The book's reasons; one chosen under an earlier book stays until another is chosen."""
        field, now = self.fields["reason_code"], self.text.reason_code
        assert isinstance(field, forms.ChoiceField)
        former = [(now, f"{now}（现行目录没有）")] if now and now not in dict(reasons) else []
        field.choices = [("", "不选"), *reasons, *former]

    def _add_promises(self, data: Any) -> int:
        typed = str(data.get(self.add_prefix("promises"), "")) if data else ""
        is_count = typed.isdecimal() and len(typed) < 3
        kept = int(typed) if is_count else len(self.text.promises) + SPARE_PROMISES
        if data and "more" in data:
            kept += SPARE_PROMISES
        rows = min(kept, MOST_PROMISES)
        self.initial["promises"] = rows
        if data and (is_count or not typed):  # anything else is refused as it is
            self.data = {**data.dict(), self.add_prefix("promises"): str(rows)}
        choices = [("", "整件"), *((key, f"第{item.position}项 {item.text[:20]}") for key, item in self.items.items())]
        for row in range(rows):
            given = self.text.promises[row] if row < len(self.text.promises) else None
            self.fields[f"promise_{row}"] = forms.CharField(
                label=f"承诺事项{row + 1}", max_length=500, required=False, initial=given.text if given else ""
            )
            self.fields[f"promise_on_{row}"] = forms.DateField(
                label=f"完成时间{row + 1}", required=False, widget=day_input(), initial=given.due_on if given else None
            )
            if self.items:
                self.fields[f"promise_item_{row}"] = forms.ChoiceField(
                    label=f"对应事项{row + 1}", required=False, choices=choices,
                    initial=str(given.item) if given and given.item else "",
                )  # fmt: skip
        return rows

    @property
    def promise_lines(self) -> list[list[forms.BoundField]]:
        """The fields of each promise, a line each."""
        names = ("promise_{}", "promise_on_{}", "promise_item_{}")
        return [
            [self[name.format(row)] for name in names if name.format(row) in self.fields] for row in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """A promise has words and a day, or neither."""
        said = super().clean() or self.cleaned_data
        for row in range(self.rows):
            words, day = said.get(f"promise_{row}"), said.get(f"promise_on_{row}")
            if words and not day and f"promise_on_{row}" not in self.errors:
                self.add_error(f"promise_on_{row}", "请填写这项承诺的完成时间。")
            if day and not words:
                self.add_error(f"promise_{row}", "请填写承诺做什么。")
        return said

    def to_text(self) -> LetterText:
        """The letter as typed; what the browser doesn't edit stays as it was."""
        said = self.cleaned_data
        typed = normalise(said["body"])
        same = typed == normalise(self.text.typed_body)
        text = replace(
            self.text,
            title=normalise(said["title"]),
            salutation=normalise(said["salutation"]),
            body=self.text.body if same else body_of(typed),
            closing=normalise(said["closing"]),
            attachments=_lines(said["attachments"]),
            copies=_lines(said["copies"]),
            contact_name=normalise(said["contact_name"]),
            contact_phone=normalise(said["contact_phone"]),
        )
        if "outcome" not in self.fields:
            return text
        return replace(
            text,
            outcome=said["outcome"],
            reason=normalise(said["reason"]),
            reason_code=said["reason_code"],
            publish={"yes": True, "no": False}.get(said["publish"]),
            promises=tuple(self._promises()),
        )

    def _promises(self) -> list[Promise]:
        said = self.cleaned_data
        found = []
        for row in range(self.rows):
            if said[f"promise_{row}"] and said[f"promise_on_{row}"]:
                item = said.get(f"promise_item_{row}") or ""
                found.append(
                    Promise(
                        text=normalise(said[f"promise_{row}"]), due_on=said[f"promise_on_{row}"],
                        item=int(item) if item in self.items else None,
                    )
                )  # fmt: skip
        return found


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in normalise(typed).splitlines() if line.strip())


class UploadForm(VersionForm, RequestKeyForm):
    """A letter edited in WPS or Word."""

    file = forms.FileField(
        label="文稿（.docx）", required=False, help_text="先下载当前稿，改好后上传；标题、称谓、正文、附件按文件更新。"
    )
    note = forms.CharField(label="修改说明", max_length=200, required=False)


class ReasonForm(VersionForm):
    """Why a letter leaves its road."""

    reason = forms.CharField(label="原因", max_length=200)


class SubmitForm(VersionForm):
    """Sending up; a reason is asked where a wish for changes stands and nothing was changed, and one where talks the
    books require are not on record."""

    unchanged_reason = forms.CharField(
        label="不作修改的理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="各位审签人都看得到，并装入案卷。",
    )  # fmt: skip
    talks_reason = forms.CharField(
        label="没有沟通的理由", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="各位审签人都看得到，并印在发文稿纸上。",
    )  # fmt: skip

    def __init__(self, *args: Any, asked: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"unchanged_reason", "talks_reason"} - asked:
            del self.fields[name]


class SolicitForm(forms.Form):
    """To whom the draft was given for comment, and until when."""

    participant = forms.ModelChoiceField(Participant.objects.none(), label="征求谁的意见")
    mode = forms.ChoiceField(label="方式", choices=list(MODE_LABELS.items()), initial=Mode.FACE_TO_FACE)
    given_on = forms.DateField(label="送出日期", widget=day_input())
    answer_by_on = forms.DateField(label="请于此日前答复", widget=day_input())

    def __init__(self, *args: Any, participants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = participants  # type: ignore[attr-defined]
        self.fields["participant"].label_from_instance = lambda each: each.name  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What was said of the draft."""

    answer = forms.ChoiceField(
        label="答复", choices=[("agrees", "同意"), ("changes", "希望修改"), ("silent", "逾期未答复")]
    )
    answered_on = forms.DateField(label="答复日期", widget=day_input())
    words = forms.CharField(label="意见", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DeliverForm(VersionForm, RequestKeyForm):
    """Who received the letter, how and when."""

    participant = TickedRows(
        Participant.objects.none(), label="收件人", required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(
        label="送达方式",
        choices=list(DELIVERY_MODE_LABELS.items()),
        initial="hand",
    )
    delivered_on = forms.DateField(label="送达日期", widget=day_input())
    evidence = forms.FileField(label="送达凭证", required=False, help_text="回执、邮寄单等扫描件，可以没有。")
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(
        self, *args: Any, participants: Any, is_reply: bool = True, through_lead: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["participant"]
        chosen.queryset = participants  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda each: each.name  # type: ignore[attr-defined]
        if not is_reply:
            del self.fields["participant"]
        if not through_lead:
            kept = [(code, label) for code, label in DELIVERY_MODE_LABELS.items() if code != DeliveryMode.LEAD]
            self.fields["mode"].choices = kept  # type: ignore[attr-defined]


class UploadedForm(VersionForm):
    """The day the letter was entered in the congress system."""

    uploaded_on = forms.DateField(label="录入人大系统的日期", widget=day_input())
