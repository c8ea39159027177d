"""The forms of a page as a browser would send them: every control that counts, with the value it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin

import lxml.html
from django.test import Client
from lxml.html import HtmlElement

_BUTTONS: Final = {"submit", "button", "reset", "image"}


@dataclass(frozen=True)
class Control:
    """One control: its kind as HTML names it, and what it offers or shows."""

    name: str
    kind: str  # text, textarea, hidden, date, number, checkbox, radio, select, file, button …
    values: tuple[str, ...]  # as shown: chosen, ticked or typed
    offered: tuple[str, ...] = ()  # of a choice


@dataclass
class Form:
    """One form of a page."""

    url: str
    method: str
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    @property
    def shown(self) -> dict[str, Any]:
        """What is sent when nothing is touched, without files and buttons."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            if control.kind not in {"file", "button"} and control.values:
                sent.setdefault(control.name, []).extend(control.values)
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}

    def typed(self, **said: Any) -> dict[str, Any]:
        """What is sent after filling in `said`; a name the form does not have is a mistake in the test."""
        unknown = said.keys() - self.names
        assert not unknown, f"{self.url} has no {unknown}, only {sorted(self.names)}"
        return self.shown | said


def forms_on(url: str, html: str) -> list[Form]:
    """Every form of a page; a control outside that names its form belongs to it."""
    if not html:
        return []
    root = lxml.html.document_fromstring(html)
    by_id: dict[str, Form] = {}
    found = []
    for element in root.iter("form"):
        action = urljoin(url, element.get("action") or url)
        form = Form(action, (element.get("method") or "get").lower())
        found.append(form)
        by_id[element.get("id") or ""] = form
        form.controls.extend(control for each in element.iter() if not each.get("form") for control in _control(each))
    for element in (element for element in root.iter() if element.get("form") in by_id):
        by_id[element.get("form")].controls.extend(_control(element))
    return found


def form_on(client: Client, page: str, to: str = "", *, method: str = "post") -> Form:
    """The form of a page that is sent to `to` (to the page itself when not said)."""
    answer = client.get(page)
    assert answer.status_code == 200, f"{page} answered {answer.status_code}"
    forms = [form for form in forms_on(page, answer.content.decode()) if form.method == method]
    fitting = [form for form in forms if form.url.partition("?")[0] == (to or page).partition("?")[0]]
    assert fitting, f"{page} has no form to {to or page}, only to {[form.url for form in forms]}"
    return fitting[0]


def _control(element: HtmlElement) -> list[Control]:
    tag, name = element.tag, element.get("name")
    if not name or name == "csrfmiddlewaretoken" or element.get("disabled") is not None:
        return []
    if tag == "textarea":
        return [Control(name, tag, ("".join(element.itertext()).removeprefix("\n"),))]
    if tag == "select":
        return [_select(name, element)]
    if tag == "button":
        return [Control(name, "button", (element.get("value") or "",))]
    return [_input(name, element)] if tag == "input" else []


def _input(name: str, element: HtmlElement) -> Control:
    kind, value = element.get("type") or "text", element.get("value")
    if kind in _BUTTONS:
        return Control(name, "button", (value or "",))
    if kind in {"checkbox", "radio"}:
        value = "on" if value is None else value
        return Control(name, kind, (value,) if element.get("checked") is not None else (), (value,))
    return Control(name, kind, (value or "",))


def _select(name: str, element: HtmlElement) -> Control:
    options = [(_value(option), option.get("selected") is not None) for option in element.iter("option")]
    offered = tuple(value for value, _ in options)
    chosen = tuple(value for value, selected in options if selected)
    if element.get("multiple") is None and not chosen:
        chosen = offered[:1]
    return Control(name, "select", chosen, offered)


def _value(option: HtmlElement) -> str:
    given = option.get("value")
    return "".join(option.itertext()).strip() if given is None else given
