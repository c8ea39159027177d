"""Forms of this subject."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from huiyin.regulations.books.vocabulary import LEVEL_LABELS, Level
from huiyin.regulations.models import RuleBook

LARGEST: Final = 500_000
ENCODING: Final = "文件不是 UTF-8 编码的文本，请在编辑器里另存为 UTF-8 再上传。"


class TextForm(forms.Form):
    """A text, as a file or typed; `read` has it together with the name faults are told by."""

    endings: tuple[str, ...] = ()

    file = forms.FileField(label="文件", required=False)
    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)
    text = forms.CharField(
        label="或者在此填写、修改",
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            cleaned["name"], cleaned["text"] = upload.name or "", self._text_of(upload)
        if not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("file", "请选择文件，或者在下面填写内容。")
        return cleaned

    def _text_of(self, upload: UploadedFile) -> str:
        if not (upload.name or "").lower().endswith(self.endings):
            self.add_error("file", f"只接受 {'、'.join(self.endings)} 文件。")
        elif (upload.size or 0) > LARGEST:
            self.add_error("file", "文件超过 500 KB，不像是这类文件，请核对。")
        else:
            try:
                return bytes(upload.read()).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", ENCODING)
        return ""

    def keep_text(self) -> None:
        """Put what was uploaded into the field, so that the next try needs no file."""
        kept = {name: self.cleaned_data.get(name, "") for name in ("text", "name")}
        self.data = {**self.data.dict(), **kept} if isinstance(self.data, QueryDict) else {**self.data, **kept}


class BookForm(TextForm):
    """The text of a rule book."""

    endings = (".toml",)


class YearForm(TextForm):
    """A year's arrangement and the notice it comes from."""

    endings = (".toml", ".csv")

    source = forms.CharField(
        label="依据的通知", max_length=120, help_text="写明通知名称、文号或者发布日期，便于日后核对。"
    )
    field_order = ["source", "file", "text", "name"]


class RefuseForm(forms.Form):
    """Why a version is not approved."""

    note = forms.CharField(label="不批准的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class StackForm(forms.Form):
    """A place for each book: 1 is the most specific, as the list has it; empty leaves it out."""

    def __init__(self, *args: Any, books: list[RuleBook], places: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.books = books
        for book in books:
            label = f"《{book.title}》（{LEVEL_LABELS[Level(book.level)]}）"
            self.fields[f"book_{book.pk}"] = forms.IntegerField(
                label=label, required=False, min_value=1, max_value=99, initial=places.get(book.pk)
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        places = [cleaned[f"book_{book.pk}"] for book in self.books if cleaned.get(f"book_{book.pk}")]
        if len(set(places)) != len(places):
            self.add_error(None, "两部制度不能用同一个顺序号，请重新编排。")
        return cleaned

    def chosen(self) -> list[RuleBook]:
        """The books with a place, the widest (last) first."""
        placed = [(self.cleaned_data[f"book_{book.pk}"], book) for book in self.books]
        return [book for _, book in sorted((each for each in placed if each[0]), key=lambda each: -each[0])]


class CalculateForm(forms.Form):
    """A limit and the day of its starting event."""

    limit = forms.ChoiceField(label="期限")
    start = forms.DateField(
        label="起算事由发生之日",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="当日不计入，从次日起算。",
    )

    def __init__(self, *args: Any, limits: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["limit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = limits
