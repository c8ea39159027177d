"""办理过程: what was done, when, by whom, out of the audit; never more of its facts than the page shows anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from huiyin.approvals.rules import VERDICT_LABELS
from huiyin.audit.models import Record
from huiyin.desk.audit.wording import name_of
from huiyin.matters.models import Matter
from huiyin.matters.operations.supervisions import SUBJECT as SUPERVISION
from huiyin.suggestions.kind import converted

LATEST: Final = 60
NOT_TOLD: Final = ("files.", "messaging.", "exchange.", "matters.letter_rendered")
WORDS: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "matters.assigned": lambda facts: _routing(facts),
    "matters.signed_for": lambda facts: f"{facts.get('department', '')}，承办人{facts.get('handler', '')}",
    "matters.handler_changed": lambda facts: f"{facts.get('before', '')} → {facts.get('after', '')}",
    "matters.adjustment_asked": lambda facts: f"{facts.get('department', '')}：{facts.get('reason', '')}",
    "matters.adjustment_decided": lambda facts: _adjusted(facts),
    "matters.reassignment_proposed": lambda facts: _reassigned(facts),
    "matters.reassignment_decided": lambda facts: (
        f"{'同意' if facts.get('agreed') else '不同意'}，{_reassigned(facts)}。{facts.get('opinion', '')}"
    ),
    "matters.deadline_moved": lambda facts: (
        f"{facts.get('label', '')}：{facts.get('before', '')} → {facts.get('after', '')}（{facts.get('cause', '')}）"
    ),
    "matters.extension_asked": lambda facts: (
        f"{facts.get('from', '')} → {facts.get('to', '')}：{facts.get('reason', '')}"
    ),
    "matters.extension_answered": lambda facts: _answered(facts),
    "matters.proposer_told": lambda facts: f"{facts.get('on', '')}，{facts.get('mode', '')}",
    "suggestions.withdrawal_recorded": lambda facts: "、".join(facts.get("names", [])),
    "suggestions.withdrawal_answered": lambda facts: _answered(facts),
    "matters.letter_decided": lambda facts: _decided(facts),
    "matters.superior_given": lambda facts: (
        f"{facts.get('by', '')}{facts.get('kind', '')}（{facts.get('named', '')}）：{facts.get('reason', '')}"
    ),
    "matters.superior_opened": lambda facts: str(facts.get("by", "")),
    "matters.superior_ended": lambda facts: str(facts.get("remark", "")),
    "matters.supervision_proposed": lambda facts: str(facts.get("level", "")),
    "matters.supervision_ordered": lambda facts: "签发" if facts.get("agrees") else "不同意签发",
    "matters.supervision_judged": lambda facts: (
        f"{'同意办结' if facts.get('ends') else '退回再办'}。{facts.get('remarks', '')}"
    ),
    "matters.supervision_withdrawn": lambda facts: str(facts.get("reason", "")),
    "suggestions.corrected": lambda facts: str(facts.get("reason", "")),
    "suggestions.merged": lambda facts: f"并入{facts.get('lead', '')}：{facts.get('reason', '')}",
    "suggestions.unmerged": lambda facts: f"与{facts.get('lead', '')}分开：{facts.get('reason', '')}",
    "matters.act_shared": lambda facts: f"与{facts.get('with', '')}一并沟通",
    "matters.raised_to_key": lambda facts: f"领衔{facts.get('leader', '')}",
    "matters.lowered_from_key": lambda facts: str(facts.get("reason", "")),
    "matters.urgency_set": lambda facts: str(facts.get("reason", "")),
    "matters.attached": lambda facts: "、".join(facts.get("files", [])),
}


@dataclass(frozen=True)
class Told:
    """One line of the timeline, as desk/ui/acts.html shows it."""

    on: datetime
    kind: str
    who: str
    text: str
    files: tuple[object, ...] = ()


def timeline(matter: Matter, orders: Iterable[int] = ()) -> list[Told]:
    """The latest acts, newest first; orders: ids of the 督办单 about it that the reader may open.

    What was written before a case left for a sealed inquiry may name it: of that only the acts are told."""
    about = Q(target_kind="matters.matter", target_key=str(matter.pk))
    if keys := [str(order) for order in orders]:
        about |= Q(target_kind=SUPERVISION, target_key__in=keys)
    rows = Record.objects.filter(about, result="done")
    left = converted(matter)
    until = left.decided_at if left else None
    told = [row for row in rows.order_by("-id")[:LATEST] if not row.verb.startswith(NOT_TOLD)]
    return [_told(row, is_quiet=until is not None and row.at <= until) for row in told]


def _told(row: Record, *, is_quiet: bool) -> Told:
    words = WORDS.get(row.verb)
    text = words(row.facts) if words and not is_quiet else ""
    if row.target_kind == SUPERVISION:
        text = "：".join(filter(None, (row.target_label, text)))
    return Told(row.at, name_of(row.verb), row.actor_label, text)


def _routing(facts: dict[str, Any]) -> str:
    named = "、".join(str(part.get("who", "")) for part in facts.get("parts", []))
    return f"领衔{facts.get('leader', '')}；承办：{named}"


def _decided(facts: dict[str, Any]) -> str:
    verdict = VERDICT_LABELS.get(facts.get("verdict", ""), "")
    edited = f"，改为第{facts['edited']}稿" if facts.get("edited") else ""
    label = facts.get("label", "")
    return f"{label}：{verdict}{edited}" if label else f"{verdict}{edited}"


def _adjusted(facts: dict[str, Any]) -> str:
    verdict = "改派" if facts.get("verdict") == "move" else "维持原交办"
    return f"{facts.get('department', '')}：{verdict}。{facts.get('instruction', '')}"


def _reassigned(facts: dict[str, Any]) -> str:
    return f"{facts.get('department', '')} → {facts.get('to', '')}：{facts.get('reason', '')}"


def _answered(facts: dict[str, Any]) -> str:
    said = "同意" if facts.get("agreed") else "不同意"
    return f"{said}，{facts.get('document_number', '')}"
