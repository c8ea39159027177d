"""Officers at their browsers: many registrations at once, each over a connection of its own."""

from __future__ import annotations

import http.client
import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

from tests.support.house import House
from tests.support.world import DEMO_PASSWORD

NEW: Final = "/desk/matters/new/"
_SHOWN: Final = re.compile(r"已登记，收文号(\S+?)。")
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_PATIENCE: Final = 60  # seconds a sender waits for an answer


@dataclass(frozen=True)
class Browser:
    """One browser: its cookies, and the token of the forms it was shown."""

    house: House
    jar: CookieJar
    token: str = ""

    @classmethod
    def signed_in(cls, house: House, username: str) -> Browser:
        """Sign in through the door."""
        browser = cls(house, CookieJar()).shown("/desk/sign-in/")
        browser.post("/desk/sign-in/", {"login": username, "password": DEMO_PASSWORD, "next": NEW})
        return browser.shown(NEW)

    def shown(self, path: str) -> Browser:
        """The same browser with the form of a page on the screen."""
        page = self.get(path)
        found = _TOKEN.search(page)
        assert found, f"{path} shows no form"
        return Browser(self.house, self.jar, found[1])

    def another_window(self) -> Browser:
        """The same session and form; what the answers leave behind is its own."""
        jar = CookieJar()
        for cookie in self.jar:
            jar.set_cookie(cookie)
        return Browser(self.house, jar, self.token)

    def get(self, path: str) -> str:
        return self._open(path)

    def post(self, path: str, said: dict[str, str]) -> str:
        """Send a form and follow where it leads; gives the page that is shown in the end."""
        return self._open(path, urlencode(said | {"csrfmiddlewaretoken": self.token}).encode())

    def _open(self, path: str, data: bytes | None = None) -> str:
        with self._opener().open(self.house.url + path, data, timeout=_PATIENCE) as answer:
            return str(answer.read().decode())

    def _opener(self) -> OpenerDirector:
        return build_opener(ProxyHandler({}), HTTPCookieProcessor(self.jar))


@dataclass
class Senders:
    """Sends registrations all at once and notes every number shown; kills the house at a count of answers."""

    forms: dict[uuid.UUID, dict[str, str]]
    shown: dict[uuid.UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def unanswered(self) -> list[uuid.UUID]:
        return [key for key in self.forms if key not in self.shown]

    @property
    def numbers(self) -> list[str]:
        """Every number shown to anybody, as often as it was shown."""
        return [number for numbers in self.shown.values() for number in numbers]

    def send(self, keys: Iterable[uuid.UUID], browser: Browser, *, kill_after: int | None = None) -> None:
        """A thread for each; a key named twice is a double click."""
        answers = _countdown(kill_after)
        threads = [
            threading.Thread(target=self._register, args=(key, browser.another_window(), answers)) for key in keys
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not self.wrong, self.wrong[:3]

    def _register(self, key: uuid.UUID, browser: Browser, answers: Iterator[bool]) -> None:
        try:
            page = browser.post(NEW, self.forms[key])
        except HTTPError as error:  # an answer, and none that may come
            with error:
                self.wrong.append(f"{error.code}: {_sentences(error.read().decode())}")
        except (URLError, http.client.HTTPException, OSError):
            pass  # no answer: nobody was shown a number
        else:
            self._note(key, page, browser.house, answers)

    def _note(self, key: uuid.UUID, page: str, house: House, answers: Iterator[bool]) -> None:
        found = _SHOWN.search(page)
        with self._lock:
            if found is None:
                self.wrong.append(_sentences(page))
                return
            self.shown[key].append(found[1])
            if next(answers):
                house.kill()


def _sentences(page: str) -> str:
    """What a page says went wrong, or its heading."""
    return " ".join(re.findall(r"<p>(\S+。)</p>", page) or re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL))


def _countdown(count: int | None) -> Iterator[bool]:
    """False for every answer but the one at which the house is killed."""
    seen = 0
    while True:
        seen += 1
        yield seen == count
