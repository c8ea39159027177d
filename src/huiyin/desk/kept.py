"""What was worked out for a post, kept until something of its office changes.

Every change leaves a record (docs/decisions/0002), so what was read stays true until the next record of whoever may
touch the office's work. Kept in the memory of one process and never long: a record whose number was drawn before
another's and written after it is seen then at the latest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar, cast

from django.core.cache import caches
from django.http import HttpRequest

from huiyin.audit.queries import last_record
from huiyin.organisations.models import Post, Procuratorate
from huiyin.organisations.rules import Level
from huiyin.web.pages import StaffRequest

T = TypeVar("T")
SYSTEM: Final = ""  # the worker, administrators, people on the phone site


def kept(request: HttpRequest, what: str, on: date, build: Callable[[], T]) -> T:
    """What `build` gives for the acting post on a day, from memory where nothing has changed since."""
    asked = f"{what}:{on}:{_state(cast('StaffRequest', request))}"
    memory, key = caches["memory"], hashlib.sha256(asked.encode()).hexdigest()
    found = memory.get(key)
    if found is None:
        found = (build(),)
        memory.set(key, found)
    return cast("T", found[0])


def _state(request: StaffRequest) -> str:
    """The post, and the newest record that may concern it; looked up once a request."""
    known: str | None = getattr(request, "_state", None)
    if known is None:
        known = f"{request.post.pk}:{last_record(_who_changes(request.post))}"
        request._state = known  # type: ignore[attr-defined]
    return known


def _who_changes(post: Post) -> list[str] | None:
    """Codes of the offices whose acts reach this one's work: its own and those above; None, any, for one with offices
    below it."""
    office = post.procuratorate
    if office.level != Level.COUNTY:
        return None
    above = [key for key in (office.city_id, office.province_id) if key is not None]
    of_those = Procuratorate.objects.filter(pk__in=above).values_list("code", flat=True)
    codes = caches["memory"].get_or_set(f"codes:{office.pk}", lambda: list(of_those))
    return [SYSTEM, office.code, *cast("list[str]", codes)]
