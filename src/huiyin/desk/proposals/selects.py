"""A select written in one piece: sixty rows have some three hundred of them, and a template each option is slow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class PlainSelect(forms.Select):
    """Looks and behaves as Django's own."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The control with its options, groups included."""
        chosen = "" if value is None else str(value)
        named = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{named}>{''.join(_options(self.choices, chosen))}</select>")  # noqa: S308  # escaped


def _options(choices: Iterable[Any], chosen: str) -> Iterable[str]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{escape(key)}">{"".join(_options(label, chosen))}</optgroup>'
        else:
            mark = " selected" if str(key) == chosen else ""
            yield f'<option value="{escape(key)}"{mark}>{escape(label)}</option>'
