"""What I handed in, and the messages the office sent me."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse

from huiyin.exchange.models import Card
from huiyin.exchange.operations import mark_read
from huiyin.exchange.queries import card_of, cards_of, slips_of
from huiyin.exchange.shapes import NOTE, POLL
from huiyin.portal.auth import AccountRequest, account_page, show
from huiyin.web.clock import now
from huiyin.web.pages import go_to
from huiyin.web.paging import keyset


@account_page()
def slips(request: AccountRequest) -> HttpResponse:
    """Everything I handed in, with what came of it."""
    paged = keyset(request, slips_of(request.account), size=20, unit="份")
    return show(request, "slips", "我的回执", active="slips", slips=paged.rows, pager=paged.pager)


@account_page()
def slip(request: AccountRequest, number: str) -> HttpResponse:
    """The confirmation with its number."""
    found = slips_of(request.account).filter(number=number).first()
    if found is None:
        raise Http404
    back = _page_of(found.card) if found.card else reverse("portal:home")
    return show(request, "slip", "已经收到", active="slips", slip=found, back=back)


def _page_of(card: Card) -> str:
    if card.withdrawn_at is not None:
        return reverse("portal:home")
    return reverse("portal:poll" if card.kind == POLL else "portal:suggestion", args=[card.public_id])


@account_page()
def notes(request: AccountRequest) -> HttpResponse:
    """Messages from the office."""
    paged = keyset(request, cards_of(request.account, NOTE), size=20, unit="条")
    return show(request, "notes", "消息", active="notes", notes=paged.rows, pager=paged.pager)


@account_page(methods=["POST"])
def read_note(request: AccountRequest, public_id: str) -> HttpResponse:
    """知道了."""
    card = card_of(request.account, public_id)
    if card is None or card.kind != NOTE:
        raise Http404
    mark_read(account=request.account, card=card, at=now())
    return go_to(request, "portal:notes")
