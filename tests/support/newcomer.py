"""A browser in front of an empty house: signs in, opens pages, fills in the forms they show and sends them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlparse

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.support.forms import Form, forms_on

FIRST = "First-monday-26"
KEPT = "Second-word-27"


def file(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as chosen in a form."""
    return SimpleUploadedFile(name, content)


class Browser:
    """One person's browser. `url` is where it stands, `html` what it shows."""

    def __init__(self) -> None:
        self.client, self.url, self.html = Client(), "", ""

    @classmethod
    def of(cls, username: str, password: str = FIRST) -> Browser:
        """Signed in with the first password, which the house wants changed at once."""
        browser = cls()
        browser.open(reverse("desk:sign_in"))
        browser.send(login=username, password=password)
        assert browser.url == reverse("desk:change_password"), browser.said
        browser.send(old=password, new=KEPT, again=KEPT)
        return browser

    def open(self, name: str, *args: Any) -> str:
        """Open a page by its name or address; gives its words."""
        url = name if name.startswith("/") else reverse(name, args=args)
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, f"{url} answered {answer.status_code}"
        return self._stand(answer, url)

    def send(self, to: str = "", /, **said: Any) -> str:
        """Fill in the form of this page that goes to `to` (by name and key, or the page itself) and send it."""
        form = self.form(to)
        answer = self.client.post(form.url, form.typed(**said), follow=True)
        words = self._stand(answer, form.url)
        assert answer.status_code == 200, f"{form.url} with {said} answered {answer.status_code}: {words}"
        return words

    def form(self, to: str = "") -> Form:
        """A form of this page."""
        found = [form for form in forms_on(self.url, self.html) if form.method == "post"]
        wanted = urlparse(to or self.url).path
        fitting = [form for form in found if urlparse(form.url).path == wanted]
        assert fitting, f"{self.url} has no form to {wanted}, only to {[form.url for form in found]}"
        return fitting[0]

    def choose(self, field: str, label: str, to: str = "") -> str:
        """The value of a choice by (part of) its words."""
        options = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', self.html)
        offered = next(control.offered for control in self.form(to).controls if control.name == field)
        fitting = [value for value, words in options if label in words and value in offered]
        assert fitting, f"{field} of {self.url} does not offer {label}, only {options}"
        return fitting[0]

    @property
    def said(self) -> str:
        """The page in words."""
        text = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", self.html, flags=re.S)
        return re.sub(r"\s+", " ", text)

    def _stand(self, answer: Any, url: str) -> str:
        chain = getattr(answer, "redirect_chain", [])
        self.url = chain[-1][0] if chain else url
        self.html = answer.content.decode()
        return self.said
