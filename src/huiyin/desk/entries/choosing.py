"""Which references are asked for: a system, a session, how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from huiyin.matters.entering import entries_owed, references_open_to, systems_of
from huiyin.matters.models import ExternalReference, OutsideSystem
from huiyin.suggestions.models import KnownSession, Suggestion
from huiyin.web.pages import StaffRequest

TABS: Final = {"owed": "已办未录入", "entered": "已录入", "not_needed": "无需录入", "all": "全部"}


@dataclass(frozen=True)
class Chosen:
    """What was asked for, and the rows it leaves."""

    rows: QuerySet[ExternalReference]
    tab: str
    system: str
    session: str
    systems: list[OutsideSystem]
    sessions: list[tuple[str, str]]

    @property
    def carried(self) -> dict[str, str]:
        """As the address and the forms of the page carry it."""
        return {
            name: value
            for name, value in (("tab", self.tab), ("system", self.system), ("session", self.session))
            if value
        }


def chosen(request: StaffRequest, asked: Any) -> Chosen:
    """A value nobody offered narrows nothing."""
    post = request.post
    tab = asked.get("tab", "")
    tab = tab if tab in TABS else "owed"
    systems, sessions = list(systems_of(post.procuratorate)), _sessions(request)
    system = asked.get("system", "")
    system = system if system in {str(each.pk) for each in systems} else ""
    session = asked.get("session", "")
    session = session if session in dict(sessions) else ""
    rows = entries_owed(post) if tab == "owed" else references_open_to(post)
    if tab == "entered":
        rows = rows.filter(reported_on__isnull=False)
    if tab == "not_needed":
        rows = rows.exclude(not_needed="")
    if system:
        rows = rows.filter(system=int(system))
    if session:
        term, _, number = session.partition("-")
        rows = rows.filter(
            matter__suggestion__term=int(term), matter__suggestion__session=int(number) if number else None
        )
    return Chosen(rows=rows, tab=tab, system=system, session=session, systems=systems, sessions=sessions)


def _sessions(request: StaffRequest) -> list[tuple[str, str]]:
    own = KnownSession.objects.filter(procuratorate=request.post.procuratorate_id).order_by("-term", "-session")
    return [
        (f"{term}-{session or ''}", Suggestion(term=term, session=session or None).session_label)
        for term, session in own.values_list("term", "session")
    ]
