"""Sends what should not be sent, looks what came of it, and takes everything back."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

import lxml.html
from django import forms as django_forms
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

import huiyin.desk
import huiyin.portal
from tests.failure.acts import MAKING, ONCE, Act, Build
from tests.support.examples_portal import account
from tests.support.forms import Control, Form, form_on, forms_on
from tests.support.standing import business_models, changed, standing
from tests.support.walk import Guest, Page, Walk, pages

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]{4,}")
_TABLE: Final = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
# Their printing takes long, and they take nothing but their address.
_PAPER: Final = re.compile(r"paper|print|version|catalogue|notice|files/")
# What stands in no form class: read by the views themselves.
_RAW: Final = {"after", "before", "to", "step", "tab", "verdict", "submit", "part_1", "next", "post", "row"}
_ONLY_SHOWS: Final = {"more"}  # with it a form saves nothing


Said = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came back, and which tables no longer stood as before."""

    status: int
    words: str
    sentence: str
    changes: tuple[str, ...]

    @property
    def broke(self) -> bool:
        return self.status >= 500

    def __str__(self) -> str:
        return f"{self.status} {self.words} {', '.join(self.changes)}".strip()


class Prober:
    """The house with everything there is to ask for, one guest for each page."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.pages = pages()
        self._tables = {model._meta.db_table for model in business_models()}
        phone = [Guest("phone", _phone(walk))]
        self._guests = {"desk": walk.roles, "admin": walk.seats, "staff": walk.roles, "portal": phone}
        self.addresses = {page.name: self._address(page) for page in self.pages}
        self.acts = [self._prepared(build) for build in (ONCE | MAKING).values()]
        self.before = standing()  # with every example in it
        self._shown: dict[str, str] = {}  # page → its HTML
        self.guests = {page.name: self._chosen(page) for page in self.pages}
        self.forms_of_acts = list(self._forms_of_acts())
        self.forms = [*self.forms_of_acts, *self._forms()]

    def _address(self, page: Page) -> str:
        return self.walk.address(page, "own") or page.anywhere()

    def guest(self, page: Page) -> Client:
        """Somebody for whom the page opens, or at least who may ask for it."""
        return self.guests[page.name]

    def _chosen(self, page: Page) -> Client:
        fitting = [guest.client for guest in self._guests.get(page.face, []) if guest.may(page)]
        if page.permission is None or page.permission.code == "public":
            fitting = [Client(), *fitting]
        if _PAPER.search(page.route):
            return fitting[0]
        opens = self._opens if "GET" in page.methods else self._finds
        return next((client for client in fitting if opens(client, page)), fitting[0])

    def _opens(self, client: Client, page: Page) -> bool:
        answer = client.get(self.addresses[page.name])
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            self._shown[page.name] = answer.content.decode()
        return bool(answer.status_code == 200)

    def is_html(self, page: Page) -> bool:
        """A page to look at, no paper to take away."""
        return page.name in self._shown

    def is_paged(self, page: Page) -> bool:
        """A list with a pager under it."""
        return 'class="pager' in self._shown.get(page.name, "")

    def _finds(self, client: Client, page: Page) -> bool:
        return self.send(client, "POST", self.addresses[page.name], {}).status not in {403, 404}

    def _forms(self) -> Iterator[tuple[Client, Form, Said]]:
        """Every other form of every page, once a shape, with somebody who is shown it, filled in."""
        known = {_shape(form) for _, form, _ in self.forms_of_acts}
        for page in self.pages:
            for form in forms_on(self.addresses[page.name], self._shown.get(page.name, "")):
                if _shape(form) not in known:
                    known.add(_shape(form))
                    yield self.guest(page), form, filled(form)

    def _prepared(self, build: Build) -> tuple[Client, Act]:
        act = build(self.walk.world, self.walk.at)
        client = Client()
        staff = self.walk.world.posts[act.who].staff
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client, act

    def _forms_of_acts(self) -> Iterator[tuple[Client, Form, Said]]:
        """The forms that only a thing on its way shows, filled in so that they are accepted."""
        for client, act in self.acts:
            form = form_on(client, act.page, act.to)
            yield client, form, form.shown | act.filled

    @cached_property
    def names(self) -> list[str]:
        """Every name any form or address of the house knows."""
        shown = {name for _, form, _ in self.forms for name in form.names}
        return sorted((shown | _RAW | set(_declared_names())) - _ONLY_SHOWS)

    def send(self, client: Client, method: str, url: str, data: Any = None, **more: Any) -> Outcome:
        """Ask once; whatever the page does is taken back."""
        written: set[str] = set()

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if hit := _TABLE.match(sql):
                written.add(hit[1])
            return execute(sql, params, many, context)

        cookies = client.cookies.copy()
        with transaction.atomic():
            try:
                with connection.execute_wrapper(note):
                    response = client.generic(method, url, data, **more) if more else _ask(client, method, url, data)
                    if response.streaming:
                        b"".join(response)
                status, words, sentence = response.status_code, "", _sentence(response)
            except Exception as error:  # what a page that breaks answers with
                status, words, sentence = 500, f"{type(error).__name__}: {str(error)[:300]}", ""
            changes = [] if status >= 500 else changed(self.before, written & self._tables)
            transaction.set_rollback(True)
        client.cookies = cookies
        return Outcome(status, words, sentence, tuple(changes))


def _ask(client: Client, method: str, url: str, data: Any) -> Any:
    """As a browser does: several parts only where a file is among them."""
    if method == "GET":
        return client.get(url, data or {})
    if any(hasattr(value, "read") for value in (data or {}).values()):
        return client.post(url, data)
    return client.post(url, urlencode(data or {}, doseq=True), content_type="application/x-www-form-urlencoded")


def _phone(walk: Walk) -> Client:
    client = Client()
    session = client.session
    session["outside_account"] = account(walk.cases["own"]).public_id
    session.save()
    return client


def _sentence(response: Any) -> str:
    """What the answer says went wrong: the words of the refusal, or of an error page."""
    is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code < 400 or not is_page or not response.content:
        return ""
    root = lxml.html.document_fromstring(response.content.decode())
    if response.status_code == 422:
        said = [
            each for each in root.iter() if each.get("data-refused") is not None or each.get("class") == "field-error"
        ]
    else:
        said = list(root.iter("main"))
    found = _CHINESE.search(" ".join("".join(each.itertext()) for each in said))
    return found[0] if found else ""


def without_numbers(name: str) -> str:
    """Fields of one kind in many lines have one name but for the line."""
    return re.sub(r"\d+", "0", name)


def _shape(form: Form) -> tuple[str, frozenset[str]]:
    return _route(form.url), frozenset(map(without_numbers, form.names))


def _route(url: str) -> str:
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return url


def _declared_names() -> Iterator[str]:
    for module in _modules((huiyin.desk, huiyin.portal)):
        for thing in vars(importlib.import_module(module)).values():
            if isinstance(thing, type) and issubclass(thing, django_forms.BaseForm):
                yield from getattr(thing, "base_fields", {})


def _modules(faces: Iterable[Any]) -> Iterator[str]:
    for face in faces:
        for module in pkgutil.walk_packages(face.__path__, f"{face.__name__}."):
            if ".tests" not in module.name and module.name.endswith(".forms"):
                yield module.name


def filled(form: Form) -> Said:
    """The form filled in as an officer might: nothing a page would refuse, as far as one can tell from outside."""
    shown = form.shown
    empty = {control.name: _likely(control) for control in form.controls if not shown.get(control.name)}
    return {name: value for name, value in (empty | {k: v for k, v in shown.items() if v}).items() if value}


def _likely(control: Control) -> str:
    if control.kind in {"select", "radio"}:
        return next((value for value in control.offered if value), "")
    usual = {"text": "测试", "textarea": "测试内容", "number": "1", "date": "2026-03-05", "search": "测试"}
    return usual.get(control.kind, "")
