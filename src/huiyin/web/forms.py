"""Forms look alike everywhere: one renderer with the house's field template."""

from __future__ import annotations

import uuid

from django import forms
from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Labels, required marks, help and error sentences as web/forms/ has them."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class RequestKeyForm(forms.Form):
    """A creating form: the second post of one key is shown the first result (design section 1)."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["request_key"].initial = uuid.uuid4


class VersionForm(forms.Form):
    """An act on a thing as it was read: a stale page is told so."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
