"""One form, one operation, one answer: what the pages of an act have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse

from huiyin.audit.actors import Target
from huiyin.kernel.refusals import Refusal
from huiyin.web.pages import go_to, refused


def carried_out(
    request: Any,
    form: BaseForm,
    act: Callable[[], object],
    *,
    verb: str,
    done: str,
    to: tuple[Any, ...],
    target: Target | None = None,
) -> HttpResponse | None:
    """Act on a form that holds and go on to the page `to`; None when its page is to be shown again: what was wrong
    stands on the form, a refusal is on record."""
    if not form.is_valid():
        return None
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, refused(request, verb, refusal, target=target))
        return None
    messages.success(request, done)
    return go_to(request, *to)
