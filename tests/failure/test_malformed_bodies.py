"""Broken bodies, files that are not what their names say, headers nobody sends: a sentence, and nothing changed."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiyin.imports.models import Batch
from huiyin.matters.models import Act, Matter
from tests.failure.acts import record_contact, register
from tests.failure.malformed import BODIES
from tests.support.lists import GOOD, HEAD, header, workbook
from tests.support.standing import changed, standing, stored_files
from tests.support.world import World

FORM = "application/x-www-form-urlencoded"
NEW = "/desk/matters/new/"
UPLOAD = "/desk/imports/suggestions.list/new/"


@pytest.fixture
def officer(in_force: World, desk) -> Client:
    """王联络, whose browser is shown what the house answers, even when it breaks."""
    client: Client = desk("officer_wang")
    client.raise_request_exception = False
    return client


@pytest.fixture
def untouched(officer: Client, settings, tmp_path):
    """Whatever the test does, no business table and no stored file may have changed."""
    settings.HUIYIN_HOME = tmp_path  # other processes of the suite store files meanwhile
    before, files = standing(), stored_files()
    yield
    assert changed(before) == []
    assert stored_files() == files


@pytest.mark.usefixtures("untouched")
class TestABrokenBody:
    @pytest.mark.parametrize(("kind", "body"), BODIES.values(), ids=BODIES)
    def test_gets_a_sentence(self, officer: Client, kind: str, body: bytes):
        answer = officer.generic("POST", NEW, body, content_type=kind)
        assert answer.status_code in {400, 422}
        assert "<h1>" in answer.content.decode()

    @pytest.mark.parametrize("declared", ["-1", "abc", "99999999999999999999", ""])
    def test_of_a_length_that_is_none_breaks_nothing(self, officer: Client, declared: str):
        answer = officer.post(NEW, data=b"title=a", content_type=FORM, CONTENT_LENGTH=declared)
        assert answer.status_code in {400, 413, 422}

    def test_of_thousands_of_fields_is_refused(self, officer: Client):
        body = b"&".join(b"title%d=a" % number for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
        assert officer.post(NEW, data=body, content_type=FORM).status_code == 400

    def test_of_dozens_of_files_is_refused(self, officer: Client):
        files = [SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.4\n") for number in range(41)]
        answer = officer.post(NEW, {"request_key": str(uuid4()), "originals": files})
        assert answer.status_code == 400

    def test_over_the_limit_is_refused_with_a_sentence(self, officer: Client):
        answer = officer.post(NEW, data=b"title=" + b"a" * 3_000_000, content_type=FORM)
        assert answer.status_code == 413
        assert "提交的内容太大" in answer.content.decode()


@pytest.mark.usefixtures("untouched")
class TestAHeader:
    @pytest.mark.parametrize(
        "sent",
        [
            {"HTTP_HOST": "a b"}, {"HTTP_HOST": "evil.example"}, {"HTTP_ACCEPT_LANGUAGE": "zh," * 5_000},
            {"HTTP_REFERER": "http://[::1"}, {"HTTP_X_FORWARDED_FOR": "a" * 5_000}, {"HTTP_HX_REQUEST": "\xff"},
            {"HTTP_IF_MODIFIED_SINCE": "no day"}, {"HTTP_RANGE": "bytes=-1-"}, {"CONTENT_TYPE": "a/b; charset=hex"},
            {"HTTP_X_REQUESTED_WITH": "\x01"}, {"REMOTE_ADDR": "nowhere" * 20},
        ],
        ids=lambda sent: next(iter(sent)),
    )  # fmt: skip
    @pytest.mark.parametrize("path", ["/desk/matters/", "/", "/desk/sign-in/"])
    def test_that_nobody_sends_breaks_no_page(self, officer: Client, path: str, sent: dict[str, str]):
        assert officer.get(path, **sent).status_code in {200, 302, 400}

    @pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "size"])
    @pytest.mark.parametrize("value", ['"\\000\\377"', "\xff\xfe", "a" * 4_000, "[[]]", ""])
    def test_of_cookies_of_ones_own_making_breaks_no_page(self, officer: Client, name: str, value: str):
        cookies = {cookie.key: cookie.value for cookie in officer.cookies.values()} | {name: value}
        sent = "; ".join(f"{key}={text}" for key, text in cookies.items())
        for path in ("/desk/matters/", "/sign-in/"):
            assert Client(raise_request_exception=False).get(path, HTTP_COOKIE=sent).status_code in {200, 302, 400}


# One cell of a list, and what stands in it instead.
CELLS: dict[str, tuple[int, Any]] = {
    "a formula for a title": (1, '=HYPERLINK("http://example.invalid","a")'),
    "a formula for a number": (0, "=1+1"),
    "a title of a hundred thousand characters": (1, "长" * 32_000),  # the most a cell takes
    "a number beyond every number": (0, 1e308),
    "a day for a number": (0, datetime(2026, 3, 5)),
    "an error for a title": (1, "#REF!"),
    "escapes that mean NUL and nothing else": (1, "_x0000__x0001_"),
    "a name of ten thousand characters": (2, "张" * 10_000),
    "a delegation of ten thousand characters": (3, "团" * 10_000),
    "nothing": (1, None),
    "more co-signers than there are people": (5, 10**15),
    "a co-signer of ten thousand characters": (6, "张" * 10_000),
    "an office nobody knows": (4, "主办：" + "某" * 5_000),
}


class TestAListWith:
    @pytest.mark.parametrize(("column", "cell"), CELLS.values(), ids=CELLS)
    def test_lets_no_such_row_in(self, officer: Client, in_force: World, column: int, cell: Any):
        row = [*GOOD, "", ""]
        row[column] = cell
        said = {f"said_{name}": value for name, value in header(in_force).items()}
        list_file = SimpleUploadedFile("清单.xlsx", workbook(tuple(row), head=(*HEAD, "附议人数", "附议代表")))
        answer = officer.post(UPLOAD, said | {"request_key": str(uuid4()), "list": list_file}, follow=True)
        assert answer.status_code in {200, 422}
        for batch in Batch.objects.all():
            preview = officer.get(reverse("desk:imports:detail", args=[batch.pk]))
            assert preview.status_code == 200
            lines = [str(line) for line in batch.rows.values_list("line", flat=True)]
            choice = {"version": batch.version, "shown": ",".join(lines), "line": lines, "then": "flip"}
            assert officer.post(reverse("desk:imports:flip", args=[batch.pk]), choice).status_code in {302, 422}
        assert not Matter.objects.exists()


class TestCharactersNobodySees:
    WORDS = "同意\x0b\x1b\x07\u202e\ufffe\uffff。"

    @pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
    def test_spoil_no_paper(self, in_force: World, desk, at: datetime, kind: str):
        act = record_contact(in_force, at)
        handler = desk(act.who)
        names = ("deputy_words", "our_words", "agreed", "place", "attendees")
        assert handler.post(act.to, act.read_by(handler) | dict.fromkeys(names, self.WORDS)).status_code == 302
        paper = reverse("desk:acts:paper", args=[Act.objects.latest("pk").pk, kind])
        assert handler.post(paper).status_code == 200

    def test_spoil_no_table(self, officer: Client, in_force: World, at: datetime):
        act = register(in_force, at)
        said = act.read_by(officer) | {"title": f"关于样例的建议{self.WORDS}", "delegation": self.WORDS}
        assert officer.post(act.to, said).status_code == 302
        table = officer.post(reverse("desk:matters:export"), {"tab": "all"})
        book = openpyxl.load_workbook(BytesIO(table.content))
        assert any("关于样例的建议" in str(cell.value) for row in book.active for cell in row)
