"""The screen of a simulated phone."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.kernel.crypto import index_phone
from huiyin.messaging import queries
from huiyin.web.pages import open_page


class NumberForm(forms.Form):
    """Which phone to look at."""

    number = forms.CharField(
        label="手机号", required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


@open_page("portal")
def screen(request: HttpRequest) -> HttpResponse:
    """The texts on one phone, the newest first; without a number, the phone that got the last text."""
    if not settings.HUIYIN_DEMO:
        raise Http404
    form = NumberForm(request.GET or None, auto_id="phone_%s")
    phones = queries.phones()
    asked = index_phone(form.cleaned_data["number"]) if form.is_valid() else ""
    number = asked or (phones[0] if phones else "")
    context = {"title": "模拟手机", "number": number, "phones": phones, "texts": queries.screen(number)}
    if not form.is_bound:
        form = NumberForm(initial={"number": number}, auto_id="phone_%s")
    answer = render(request, "desk/phone/screen.html", context | {"form": form})
    answer["Cache-Control"] = "no-store"
    return answer
