"""An answer that all deputies of the level rate: read it, vote once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from huiyin.exchange.models import Card
from huiyin.exchange.operations import receive
from huiyin.exchange.queries import card_of, handed_in
from huiyin.exchange.shapes import POLL, VOTE, PollCard, PollSlip
from huiyin.kernel.refusals import Refusal
from huiyin.portal.auth import AccountRequest, account_page, say_refused, show
from huiyin.portal.forms import VoteForm
from huiyin.web.clock import now
from huiyin.web.pages import go_to, posted, remote_of


@account_page(methods=["GET", "POST"])
def vote(request: AccountRequest, public_id: str) -> HttpResponse:
    """The answer, and the vote while it is open."""
    first = handed_in(request.account, request.POST.get("request_key", ""))
    if first is not None:
        return go_to(request, "portal:slip", first.number)
    card, poll = _card(request, public_id)
    form = VoteForm(poll, posted(request)) if card.accepts else None
    if form is not None and form.is_bound and form.is_valid():
        payload = PollSlip(poll=poll.poll, grade=form.cleaned_data["grade"]).to_json()
        try:
            slip = receive(
                account=request.account, card_public_id=public_id, kind=VOTE, payload=payload,
                request_key=form.cleaned_data["request_key"], at=now(), remote=remote_of(request),
            )  # fmt: skip
            return go_to(request, "portal:slip", slip.number)
        except Refusal as refusal:
            form.add_error(None, say_refused(request, "exchange.slip_received", refusal))
    context: dict[str, Any] = {"card": card, "poll": poll, "form": form}
    status = 422 if form is not None and form.errors else 200
    return show(request, "poll", card.title, active="suggestions", status=status, **context)


def _card(request: AccountRequest, public_id: str) -> tuple[Card, PollCard]:
    card = card_of(request.account, public_id)
    if card is None or card.kind != POLL:
        raise Http404
    return card, PollCard.from_json(card.body)
