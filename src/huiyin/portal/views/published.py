"""Answers laid open: anybody may read them, signed in or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from huiyin.exchange.queries import cards_for_everyone
from huiyin.exchange.shapes import PUBLISHED, Published
from huiyin.portal.auth import as_signed_in, show
from huiyin.web.pages import open_page
from huiyin.web.paging import keyset


@open_page("portal")
def published(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    paged = keyset(request, cards_for_everyone(PUBLISHED), size=20, unit="件")
    shown = [{"card": card, "answer": Published.from_json(card.body)} for card in paged.rows]
    asked = as_signed_in(request)
    return show(asked, "published", "公开的建议答复", active="published", shown=shown, pager=paged.pager)


@open_page("portal")
def published_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them."""
    card = get_object_or_404(cards_for_everyone(PUBLISHED), public_id=public_id)
    answer = Published.from_json(card.body)
    return show(as_signed_in(request), "published_answer", card.title, active="published", answer=answer)
