"""Every URL of the house, everybody who might ask for it, and what they are answered."""

from __future__ import annotations

import importlib
import pkgutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

import tests.support
from huiyin.organisations.models import Post, Staff
from huiyin.organisations.permissions import Verb, verb
from huiyin.organisations.rules import NEEDS_DEPARTMENT, Role
from huiyin.web.pages import PagePermission
from tests.support.examples import Case, Parameters, parameters
from tests.support.twin import twin
from tests.support.visit import writing
from tests.support.world import World


@dataclass(frozen=True)
class Page:
    """One URL of the house."""

    name: str
    route: str
    view: Any
    converters: tuple[tuple[str, Any], ...]

    @property
    def permission(self) -> PagePermission | None:
        found: PagePermission | None = getattr(self.view, "permission", None)
        return found

    @property
    def face(self) -> str:
        return self.permission.face if self.permission else ""

    @property
    def verb(self) -> Verb | None:
        """The declared verb, None for pages everyone (signed in) may open."""
        if self.face not in {"desk", "admin"} or not self.permission or self.permission.code == "public":
            return None
        return verb(self.permission.code)

    @property
    def methods(self) -> tuple[str, ...]:
        return self.permission.methods if self.permission else ()

    def anywhere(self) -> str:
        """An address of this shape; nothing need be there."""
        return reverse(self.name, kwargs={name: _dummy(converter) for name, converter in self.converters})

    def of(self, case: Case) -> str | None:
        """The address of the case's example; None when it has no such thing. Raises LookupError."""
        given: Parameters | None = {}
        if self.converters:
            given = parameters(self.name, frozenset(name for name, _ in self.converters), case)
        return None if given is None else reverse(self.name, kwargs=given)


def pages() -> list[Page]:
    """All of them, by name."""
    return sorted(_pages(get_resolver(), "", "", ()), key=lambda page: page.name)


def _pages(there: Any, prefix: str, route: str, converters: tuple[tuple[str, Any], ...]) -> Iterator[Page]:
    for entry in there.url_patterns:
        here = (*converters, *entry.pattern.converters.items())
        where = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _pages(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, where, here)
        elif isinstance(entry, URLPattern):
            yield Page(f"{prefix}{entry.name or ''}", where, entry.callback, here)


def _dummy(converter: Any) -> Any:
    if isinstance(converter, IntConverter):
        return 1
    return uuid.UUID(int=1) if isinstance(converter, UUIDConverter) else "x"


@dataclass
class Guest:
    """Somebody who asks for pages."""

    name: str
    client: Client
    role: Role | None = None
    seat: str = ""

    def may(self, page: Page) -> bool:
        asked = page.verb
        if asked is None:
            return True
        return self.role in asked.roles if self.role else self.seat in asked.seats


class Walk:
    """The house with its guests: named colleagues first, then somebody for every role nobody has yet."""

    def __init__(self, world: World, at: datetime) -> None:
        for module in pkgutil.iter_modules(tests.support.__path__):
            if module.name.startswith("examples_"):
                importlib.import_module(f"tests.support.{module.name}")
        self.world, self.at = world, at
        self.gaps: set[str] = set()
        self.followed: set[tuple[str, str]] = set()  # who followed a link to which page
        self._shown: dict[tuple[str, str], Answer] = {}
        self.cases = {"own": Case(world, at, "own"), "other": Case(twin(world), at, "other")}

    @cached_property
    def roles(self) -> list[Guest]:
        """Somebody of the city procuratorate in every role; of several, the one who has the examples in hand."""
        own = {name: post for name, post in self.world.posts.items() if post.procuratorate_id == self.world.city.pk}
        by_role = {Role(post.role): (name, post) for name, post in own.items()}
        by_role |= {Role(post.role): (name, post) for name, post in own.items() if name.endswith("_second")}
        return [_guest(*by_role.get(role) or (role.value, self._post(role))) for role in Role]

    @cached_property
    def seats(self) -> list[Guest]:
        return [Guest(name, _signed_in(seat.staff), seat=seat.role) for name, seat in self.world.seats.items()]

    def read(self, guest: Guest, url: str) -> Answer:
        """What a guest is shown there; asked once, since reading changes nothing and is held to it."""
        if (guest.name, url) not in self._shown:
            self._shown[guest.name, url] = ask(guest.client, "GET", url)
        return self._shown[guest.name, url]

    def _post(self, role: Role) -> Post:
        staff = Staff.objects.create(username=f"walk_{role}", name="巡访样")
        department = self.world.departments["second"] if role in NEEDS_DEPARTMENT else None
        return Post.objects.create(
            staff=staff, procuratorate=self.world.city, department=department, role=role, from_on=self.at.date()
        )

    def address(self, page: Page, office: Literal["own", "other"]) -> str | None:
        """The address of the office's example; None, and a gap to name, when nobody gave one."""
        try:
            return page.of(self.cases[office])
        except LookupError as missing:
            self.gaps.add(str(missing))
            return None


def _guest(name: str, post: Post) -> Guest:
    return Guest(name, _signed_in(post.staff), role=Role(post.role))


def _signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@dataclass(frozen=True)
class Answer:
    """What came back: the status, or the exception's words; and what was written meanwhile."""

    status: int
    words: str = ""
    written: tuple[str, ...] = ()
    location: str = ""
    is_page: bool = False
    html: str = ""


def ask(client: Client, method: str, url: str) -> Answer:
    """Ask once and leave nothing behind, whatever the page does."""
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic():
        try:
            with connection.execute_wrapper(note):
                response = client.get(url) if method == "GET" else client.post(url, {})
                if response.streaming:
                    b"".join(response)
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            answer = Answer(
                response.status_code,
                written=tuple(writing(statements)),
                location=response.headers.get("Location", ""),
                is_page=is_page,
                html=response.content.decode() if is_page else "",
            )
        except Exception as error:  # a page that fails is what the walk looks for
            answer = Answer(500, f"{type(error).__name__}: {error}")
        transaction.set_rollback(True)
    return answer
