"""One form, one operation, one answer: what all acts of this subject have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from huiyin.kernel.refusals import Refusal
from huiyin.web.pages import go_to, refused


def form_page(
    request: Any,
    form: forms.Form,
    act: Callable[..., object],
    *,
    verb: str,
    done: str,
    to: tuple[Any, ...] | Callable[[Any], tuple[Any, ...]],
    template: str = "desk/staff/form.html",
    **facts: Any,
) -> HttpResponse:
    """Show the form, or act on what was typed: go on when it is done, show the sentence beside it when refused.

    act: an operation taking the form's cleaned data and actor; verb: the audit verb of a refusal; to: the page to go on
    to, or a function giving it for what the operation made; facts: context."""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(**form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refused(request, verb, refusal))
        else:
            messages.success(request, done)
            return go_to(request, *(to(made) if callable(to) else to))
    return render(request, template, facts | {"form": form}, status=422 if form.errors else 200)


def act_once(request: Any, act: Callable[[], object], *, verb: str, done: str, to: tuple[Any, ...]) -> HttpResponse:
    """A button without a form: act, say so, go on; a refusal is said in the same place."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refused(request, verb, refusal))
    else:
        messages.success(request, done)
    return go_to(request, *to)
