"""Reads of batches."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from huiyin.imports.models import Batch, BatchRow
from huiyin.imports.registry import ImportKind, kinds
from huiyin.imports.rules import GOES_IN, Verdict
from huiyin.organisations.actors import acting
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.permissions import may


def batches_open_to(post: Post) -> QuerySet[Batch]:
    """Lists of this office of the kinds this post may import, newest first."""
    actor = acting(post)
    codes = [kind.code for kind in kinds() if may(actor, kind.verb)]
    return (
        Batch.objects.filter(procuratorate=post.procuratorate_id, kind__in=codes)
        .select_related("file", "procuratorate", "created_by__staff", "created_by__procuratorate")
        .order_by("-id")
    )


def last_header(kind: ImportKind, office: Procuratorate) -> dict[str, Any]:
    """What the office's last list of a kind said once, of the facts the next one usually shares; before the first list
    what the kind knows of the office."""
    last = Batch.objects.filter(procuratorate=office, kind=kind.code).order_by("-id").first()
    said = last.header if last else kind.usual(office)
    return {asked.field: said[asked.field] for asked in kind.header_fields if asked.remembered and asked.field in said}


def rows_going_in(batch: Batch) -> QuerySet[BatchRow]:
    """The rows a flip lets in, in the sender's order."""
    return batch.rows.filter(chosen=True, verdict__in=list(GOES_IN)).select_related("original").order_by("line")


def counts(batch: Batch) -> dict[str, int]:
    """How many rows of each verdict, those of none included."""
    found = dict(batch.rows.values_list("verdict").annotate(n=Count("id")))
    return {verdict.value: found.get(verdict.value, 0) for verdict in Verdict}
