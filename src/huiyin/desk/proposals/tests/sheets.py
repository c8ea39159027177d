"""What a browser posts about a sheet."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from huiyin.matters.models import Matter
from huiyin.organisations.models import CongressBody, Department
from huiyin.suggestions.models import Proposal
from huiyin.suggestions.sheets import digest_of


def row_of(sheet: Proposal, matter: Matter | None = None) -> Any:
    """The row of a matter, or the first."""
    return sheet.rows.get(matter=matter) if matter else sheet.rows.order_by("position")[0]


def lines(
    sheet: Proposal, *units: Department | CongressBody, matter: Matter | None = None, **more: str
) -> dict[str, str]:
    """The fields of one row: the first unit leads, the others assist; dates are left to the book."""
    row = row_of(sheet, matter)
    typed = {"lines": str(max(2, len(units))), "leader": "", **more}
    for place, unit in enumerate(units):
        key = f"d{unit.pk}" if isinstance(unit, Department) else f"o{unit.pk}"
        typed |= {f"role{place}": "assist" if place else "lead", f"unit{place}": key, f"due_on{place}": ""}
    return {f"row{row.pk}-{name}": value for name, value in typed.items()}


def signature(sheet: Proposal, who: Any, *, verdict: str = "agree", **more: str) -> dict[str, Any]:
    """The decision on the open step of a post, over the sheet as it stands."""
    sheet = Proposal.objects.select_related("approval").get(pk=sheet.pk)
    assert sheet.approval is not None
    step = sheet.approval.steps.get(status="open", post=who)
    return {
        "step": str(step.pk), "verdict": verdict, "opinion": "同意。", "version": str(sheet.approval.version),
        "subject_hash": digest_of(sheet), "request_key": str(uuid4()), "held_on": "", "minutes": "", **more,
    }  # fmt: skip


def rows_as_shown(sheet: Proposal) -> dict[str, str]:
    """Every row as the signer's page shows it, changed by nobody."""
    typed: dict[str, str] = {}
    for row in sheet.rows.prefetch_related("parts"):
        mine = {"lines": str(max(2, row.parts.count())), "leader": str(row.leader_id or ""), "opinion": row.opinion}
        mine["instruction"] = row.instruction
        for place, part in enumerate(row.parts.order_by("pk")):
            key = f"d{part.department_id}" if part.department_id else f"o{part.organ_id}"
            role = "lead" if part.role == "sole" else part.role
            mine |= {f"role{place}": role, f"unit{place}": key, f"due_on{place}": str(part.due_on or "")}
        typed |= {f"row{row.pk}-{name}": value for name, value in mine.items()}
    return typed
