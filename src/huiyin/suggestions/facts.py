"""What a suggestion says when it comes in, by hand or from a list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.kernel.text import clip
from huiyin.matters.rules import HandlerRole
from huiyin.organisations.models import CongressBody
from huiyin.people.models import Person
from huiyin.suggestions.rules import Docketing, ProposerKind, Side, SuggestionKind

NAME_LENGTH: Final = 100


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who brought it. person: chosen from the register; None: looked up by name and delegation."""

    name: str
    delegation: str = ""
    person: Person | None = None


@dataclass(frozen=True, kw_only=True)
class SuggestionFacts:
    """The facts of one suggestion as it was assigned to us.

    session None: brought between sessions (闭会). docketing: of a proposal, whether it was filed.
    lead_unit: who leads, where we only assist."""

    title: str
    body: str = ""
    kind: SuggestionKind = SuggestionKind.SUGGESTION
    side: Side = Side.DEPUTY
    assigner: CongressBody | None = None
    term: int
    session: int | None = None
    external_number: str
    list_number: str = ""
    assigned_on: date
    received_on: date
    handler_role: HandlerRole
    lead_unit: str = ""
    other_units: str = ""
    lead: Signer
    cosigners: tuple[Signer, ...] = ()
    proposer_kind: ProposerKind | None = None  # of a proposal; None: a deputy's matter
    docketing: Docketing = Docketing.FILED
    signer_count: int = 0  # as the list says; 0: those named

    @property
    def row_key(self) -> str:
        """What makes it the same suggestion in next week's list: body, term, session or 闭会, number."""
        return row_key(self.assigner, self.term, self.session, self.external_number)


def row_key(assigner: CongressBody | None, term: int, session: int | None, number: str) -> str:
    """The row key of a suggestion."""
    when = "闭会" if session is None else str(session)
    return clip(f"{assigner.pk if assigner else 0}:{term}:{when}:{number_key(number)}", 160)


def number_key(number: str) -> str:
    """What makes two spellings one number: width, case, spaces, 第 and 号, dashes and leading zeros do not count."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()
    plain = re.sub(r"[－—–‐]", "-", plain.removeprefix("第").removesuffix("号"))
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)
