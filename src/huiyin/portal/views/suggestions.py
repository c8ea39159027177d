"""My suggestions: the list with its four stages, one suggestion, its letter, rating it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse

from huiyin.exchange.models import Card, CardFile
from huiyin.exchange.operations import read_copy, receive
from huiyin.exchange.queries import card_of, cards_of, file_of, handed_in
from huiyin.exchange.shapes import POLL, PROGRESS, RATING, PollCard, Progress
from huiyin.kernel.refusals import Refusal
from huiyin.portal.auth import AccountRequest, account_page, say_refused, show
from huiyin.portal.forms import RateForm
from huiyin.portal.wording import stands
from huiyin.web.clock import now, today
from huiyin.web.downloads import bytes_response
from huiyin.web.pages import go_to, remote_of

MOST: Final = 100  # suggestions on the list, the newest; a term brings a deputy a few dozen at most


@dataclass(frozen=True)
class Shown:
    """A suggestion's card as the templates read it."""

    card: Card
    progress: Progress


@account_page()
def home(request: AccountRequest) -> HttpResponse:
    """My suggestions, those waiting for me first."""
    shown = [Shown(card, Progress.from_json(card.body)) for card in cards_of(request.account, PROGRESS)[:MOST]]
    waiting = sum(each.progress.rating is not None for each in shown)
    ordered = sorted(shown, key=lambda each: (each.progress.rating is None, -each.card.position_at.timestamp()))
    polls = [(card, PollCard.from_json(card.body)) for card in cards_of(request.account, POLL)[:MOST]]
    context: dict[str, Any] = {"shown": ordered, "waiting": waiting, "most": MOST, "polls": polls}
    return show(request, "home", "我的建议", active="suggestions", **context)


@account_page()
def suggestion(request: AccountRequest, public_id: str) -> HttpResponse:
    """One suggestion: stages, dates, people to call, the letter."""
    card, progress = _card(request, public_id)
    files = {row.name: row for row in card.files.all()}
    letters = [(letter, files.get(letter.file)) for letter in progress.letters]
    context: dict[str, Any] = {
        "card": card,
        "progress": progress,
        "letters": letters,
        "stages": progress.stages,
        "stands": stands(progress, today()),
    }
    return show(request, "suggestion", card.title, active="suggestions", **context)


@account_page(methods=["GET", "POST"])
def rate(request: AccountRequest, public_id: str) -> HttpResponse:
    """Rate the answer: a slip, whose number is shown whatever becomes of it."""
    first = handed_in(request.account, request.POST.get("request_key", ""))
    if first is not None:  # a double click, or going back: the card may have moved on since
        return go_to(request, "portal:slip", first.number)
    card, progress = _card(request, public_id)
    if progress.rating is None:
        return go_to(request, "portal:suggestion", public_id)
    form = RateForm(progress.rating, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slip = receive(
                account=request.account, card_public_id=public_id, kind=RATING, payload=form.payload(),
                request_key=form.cleaned_data["request_key"], at=now(), remote=remote_of(request),
            )  # fmt: skip
            return go_to(request, "portal:slip", slip.number)
        except Refusal as refusal:
            form.add_error(None, say_refused(request, "exchange.slip_received", refusal))
    context: dict[str, Any] = {"card": card, "progress": progress, "form": form}
    return show(request, "rate", "评价答复", active="suggestions", status=422 if form.errors else 200, **context)


@account_page()
def file(request: AccountRequest, public_id: str) -> HttpResponse:
    """The card's own copy of a file; a PDF opens on the phone."""
    row: CardFile | None = file_of(request.account, public_id)
    if row is None:
        raise Http404
    return bytes_response(row.name, row.media_type, read_copy(row), inline=True)


def _card(request: AccountRequest, public_id: str) -> tuple[Card, Progress]:
    card = card_of(request.account, public_id)
    if card is None or card.kind != PROGRESS:
        raise Http404
    return card, Progress.from_json(card.body)
