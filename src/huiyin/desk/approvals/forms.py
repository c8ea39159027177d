"""Why a recorded signature is not what was signed."""

from __future__ import annotations

from django import forms


class ObjectForm(forms.Form):
    """An objection to a 代录."""

    reason = forms.CharField(
        label="异议", max_length=200, error_messages={"required": "请写明代录的内容哪里与您签的不一致。"}
    )
