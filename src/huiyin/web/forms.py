"""Forms look alike everywhere: one renderer with the house's field template."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from django import forms
from django.forms.renderers import TemplatesSetting


class NamedField(forms.BoundField):
    """A field that names itself when it was left empty, unless its form has a sentence of its own for that."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") is forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = missing(field, str(self.label))


def missing(field: forms.Field, label: str) -> str:
    """What is said of a field left empty, by how it is filled."""
    if field.widget.is_hidden:
        return "这个页面不完整，请刷新后再办理。"
    if isinstance(field, forms.BooleanField):
        return f"请勾选“{label}”。"
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    return f"请选择{label}。" if chosen else f"请填写{label}。"


class HouseRenderer(TemplatesSetting):
    """Labels, required marks, help and error sentences as web/forms/ has them."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = NamedField


STALE: Final = "页面不完整或者已经过期，没有办理。请刷新页面，看清最新情况后再办。"
KEY_LENGTH: Final = 18  # digits that fit every database's integer


class TickedRows(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django has no [] here
    """Rows by their keys; a key no database could hold is none of ours."""

    def clean(self, value: Any) -> Any:
        keys = value if isinstance(value, list | tuple) else []
        for key in map(str, keys):
            if len(key) > KEY_LENGTH or not key.isascii() or not key.isdecimal():
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key[:KEY_LENGTH]}
                )
        return super().clean(value)


def sentences_of(*given: forms.BaseForm | None) -> list[str]:
    """What was wrong with forms that the page does not offer any more, because a colleague was faster."""
    refused = [form for form in given if form is not None]
    return [str(sentence) for form in refused for sentences in form.errors.values() for sentence in sentences]


C = TypeVar("C")


def pressed(form: forms.BaseForm, buttons: Mapping[str, C], said: str | None, *, sentence: str) -> C | None:
    """What the button pressed stands for; a form sent by no button of its own decides nothing and is told so."""
    if said is None or said not in buttons:
        form.add_error(None, sentence)
        return None
    return buttons[said]


class RequestKeyForm(forms.Form):
    """A creating form: the second post of one key is shown the first result (design section 1)."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["request_key"].initial = uuid.uuid4


class VersionForm(forms.Form):
    """An act on a thing as it was read: a stale page is told so."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=1_000_000,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), STALE),
    )  # fmt: skip
