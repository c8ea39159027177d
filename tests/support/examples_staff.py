"""Examples of staff, posts, substitutions and audit records."""

from __future__ import annotations

from datetime import timedelta

from huiyin.audit.models import Record
from huiyin.organisations.models import Post
from huiyin.organisations.operations import add_substitution
from huiyin.web.clock import today
from tests.support.examples import Case, Parameters, example


def _post(case: Case) -> Post:
    return case.world.posts["handler_second"]


@example("desk:staff", "pk")
def staff(case: Case) -> Parameters:
    return {"pk": _post(case).staff_id}


@example("desk:staff:close_post", "pk")
@example("desk:staff:put_in_charge", "pk")
def post(case: Case) -> Parameters:
    return {"pk": _post(case).pk}


@example("desk:staff:add_substitution", "pk")
def arranged(case: Case) -> Parameters:
    return {"pk": _post(case).pk}


@example("desk:staff:end_substitution", "pk")
def substitution(case: Case) -> Parameters:
    held, substitute = _post(case), case.world.posts["head_second"]
    made = case.once(
        "substitution",
        lambda: add_substitution(
            post=held,
            substitute=substitute,
            from_on=today(),
            until_on=today() + timedelta(days=3),
            reason="外出学习",
            actor=case.world.act("handler_second"),
            at=case.at,
        ),
    )
    return {"pk": made.pk}


@example("desk:audit", "pk")
def record(case: Case) -> Parameters:
    substitution(case)
    row = Record.objects.filter(procuratorate=case.world.city.code).first()
    assert row is not None
    return {"pk": row.pk}


@example("desk:staff:change_post", "pk")
def corrected(case: Case) -> Parameters:
    return {"pk": _post(case).pk}


@example("desk:staff:change_office", "pk")
def office(case: Case) -> Parameters:
    return {"pk": case.world.city.pk}


@example("desk:staff:change_department", "pk")
@example("desk:staff:close_department", "pk")
@example("desk:staff:reopen_department", "pk")
def department(case: Case) -> Parameters:
    return {"pk": case.world.departments["cases"].pk}
