"""What is typed about a list: the facts said once, its columns, which rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from huiyin.desk.uploads import Kept
from huiyin.imports.models import Batch
from huiyin.imports.registry import HeaderField, ImportKind, Input
from huiyin.organisations.models import Procuratorate
from huiyin.web.forms import RequestKeyForm, VersionForm

LARGEST_NUMBER: Final = 9999


class FileInput(forms.FileInput):
    """A file input that takes several; named as the house's stylesheet knows file fields."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files of a field; they are kept by `keep_uploads`, the form only shows where to choose them."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return None


def header_fields(kind: ImportKind, office: Procuratorate) -> dict[str, forms.Field]:
    """A field for each fact said once per list, by its name in the form."""
    return {f"said_{asked.field}": _header_field(asked, office) for asked in kind.header_fields}


def _header_field(asked: HeaderField, office: Procuratorate) -> forms.Field:
    shared: dict[str, Any] = {"label": asked.label, "required": asked.required, "help_text": asked.help_text}
    match asked.input:
        case Input.DATE:
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(widget=widget, **shared)
        case Input.NUMBER:
            return forms.IntegerField(min_value=1, max_value=LARGEST_NUMBER, **shared)
        case Input.CHOICE:
            choices = list(asked.choices(office)) if asked.choices else []
            return forms.ChoiceField(choices=[("", "（请选择）"), *choices], **shared)
        case _:
            return forms.CharField(max_length=120, **shared)


def said_in_header(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The facts, by their own names."""
    front = "said_"
    return {name.removeprefix(front): value for name, value in cleaned.items() if name.startswith(front)}


class UploadForm(RequestKeyForm):
    """A list with what is said once about it, and the Word originals that came with it."""

    list = FilesField(label="清单（.xlsx）", widget=forms.FileInput)
    originals = FilesField(
        label="建议原文（Word，可多选）",
        required=False,
        widget=FileInput(attrs={"multiple": True}),
        help_text="按文件名中的编号自动对应；一次最多40个，其余的在下一页补传。",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: ImportKind,
        office: Procuratorate,
        lists: Kept,
        originals: Kept,
        remembered: Mapping[str, Any],
    ) -> None:
        super().__init__(data)
        self.lists, self.kept_originals = lists, originals
        own = {"list": self.fields["list"], "originals": self.fields["originals"]}
        key = self.fields["request_key"]
        self.fields = {"request_key": key, **header_fields(kind, office), **own}
        self.initial = {f"said_{name}": value for name, value in remembered.items()}
        if kind.original_number is None:
            del self.fields["originals"]
        if lists.last is not None:
            own["list"].required = False
            own["list"].help_text = f"已上传“{lists.last.name}”，不用再选；另选文件则替换。"
        if originals.files:
            own["originals"].help_text = f"已上传{len(originals.files)}个原文，不用再选。"

    def clean(self) -> dict[str, Any]:
        """A list there must be; a file refused says why."""
        said = super().clean() or self.cleaned_data
        for sentence in self.lists.refusals:
            self.add_error("list", sentence)
        for sentence in self.kept_originals.refusals:
            self.add_error("originals" if "originals" in self.fields else None, sentence)
        if self.lists.last is None and not self.lists.refusals:
            self.add_error("list", "请选择要导入的清单。")
        return said


class ColumnsForm(VersionForm):
    """Which column says what, where the header stands, and the facts said once."""

    first_line = forms.IntegerField(label="表头在第几行", min_value=1, max_value=20_000)

    def __init__(self, data: Any = None, *, batch: Batch, kind: ImportKind) -> None:
        super().__init__(data)
        self.batch, self.kind = batch, kind
        line = self.fields["first_line"]
        line.initial = batch.columns.get("first_line")
        line.help_text = "改了行号的，保存后按新的表头重新认列。"
        self._offer_sheets()
        self.fields["version"].initial = batch.version
        letters = [("", "（没有这一列）"), *((at, f"{at}列：{label}") for at, label in batch.labels.items())]
        replaced = {column.instead_of for column in kind.columns}
        for column in kind.columns:
            must = column.required and column.field not in replaced
            asked = forms.ChoiceField(label=column.label, required=must, choices=letters)
            asked.initial = batch.letters.get(column.field, "")
            asked.error_messages["required"] = f"请指出“{column.label}”是哪一列。"
            self.fields[f"column_{column.field}"] = asked
        for name, field in header_fields(kind, batch.procuratorate).items():
            field.initial = batch.header.get(name.removeprefix("said_"))
            self.fields[name] = field

    def _offer_sheets(self) -> None:
        """Another sheet of the file that looks like a list may be read instead."""
        own, others = self.batch.columns.get("sheet", ""), self.batch.columns.get("other_sheets", [])
        if others:
            choices = [(own, own), *((name, f"{name}（{lines}行）") for name, lines in others)]
            self.fields["sheet"] = forms.ChoiceField(label="读哪张工作表", choices=choices, initial=own)

    def clean(self) -> dict[str, Any]:
        """One column says one thing; where the header was moved, the columns may be left to be found anew."""
        said = self.cleaned_data
        if said.get("first_line") and (self.moved_header or self.moved_sheet):
            for column in self.kind.columns:
                self.errors.pop(f"column_{column.field}", None)
        taken: dict[str, str] = {}
        for column in self.kind.columns:
            letter = said.get(f"column_{column.field}", "")
            if letter and letter in taken:
                self.add_error(f"column_{column.field}", f"{letter}列已经指给了“{taken[letter]}”。")
            elif letter:
                taken[letter] = column.label
        return said

    @property
    def letters(self) -> dict[str, str] | None:
        """Field → column letter, as chosen; None where they shall be found anew below a moved header."""
        said = self.cleaned_data
        chosen = {column.field: said.get(f"column_{column.field}", "") for column in self.kind.columns}
        found = {field: letter for field, letter in chosen.items() if letter}
        anew = self.moved_sheet or (self.moved_header and self.kind.lacking(found))
        return None if anew else found

    @property
    def header(self) -> dict[str, Any]:
        """The facts said once."""
        return said_in_header(self.cleaned_data)

    @property
    def moved_header(self) -> int | None:
        """The line the header stands on, where it is another than before."""
        line: int = self.cleaned_data["first_line"]
        return line if line != self.batch.columns.get("first_line") else None

    @property
    def moved_sheet(self) -> str | None:
        """The sheet to read, where it is another than before."""
        sheet: str = self.cleaned_data.get("sheet", "")
        return sheet if sheet and sheet != self.batch.columns.get("sheet") else None

    @property
    def header_line(self) -> int | None:
        """The line the header is to be read from; None where another sheet's is to be found."""
        line: int = self.cleaned_data["first_line"]
        return self.moved_header if self.moved_sheet else line

    def column_fields(self) -> list[forms.BoundField]:
        """The fields of the columns."""
        return [self[f"column_{column.field}"] for column in self.kind.columns]

    def other_fields(self) -> list[forms.BoundField]:
        """The facts said once, and the line."""
        asked = [name for name in self.fields if name.startswith("said_") or name == "sheet"]
        return [*(self[name] for name in asked), self["first_line"]]


class ChooseForm(VersionForm):
    """Which of the rows shown go in. The rows of other pages stay as they were chosen."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    line = forms.TypedMultipleChoiceField(coerce=int, required=False)
    set_bad_aside = forms.BooleanField(
        label="有错的行先放一边，其余的先导入",
        help_text="不勾选的，只要有一行错，整份都不导入。放一边的行可以下载，改正后再导入。",
        required=False,
    )

    def __init__(self, data: Any = None, *, lines: Mapping[int, bool], **kwargs: Any) -> None:
        super().__init__(data, auto_id="choose_%s", **kwargs)
        self.lines = lines
        line = self.fields["line"]
        assert isinstance(line, forms.TypedMultipleChoiceField)
        line.choices = [(at, str(at)) for at in lines]

    def clean_shown(self) -> set[int]:
        """The lines of the page the ticks stood on."""
        by_text = {str(at): at for at in self.lines}
        named = [at for at in self.cleaned_data["shown"].split(",") if at]
        if any(at not in by_text for at in named):
            raise forms.ValidationError("页面上的行与清单对不上。")
        return {by_text[at] for at in named}

    def chosen(self) -> list[int]:
        """Every line that goes in."""
        shown = self.cleaned_data["shown"]
        before = [at for at, is_chosen in self.lines.items() if is_chosen and at not in shown]
        return [*before, *self.cleaned_data["line"]]


class MatchForm(VersionForm):
    """The row an original belongs to."""

    line = forms.IntegerField(label="对应第几行", required=False, min_value=1, max_value=20_000)
