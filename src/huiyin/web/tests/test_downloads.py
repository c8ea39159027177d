"""Files on their way out."""

from __future__ import annotations

import pytest

from huiyin.files.operations import store
from huiyin.files.tests import samples
from huiyin.web.downloads import PDF, bytes_response, file_response


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HUIYIN_HOME = tmp_path


def stored(at, *, name="答复函 第1稿.pdf", rendered=False):
    return store(content=samples.PDF, name=name, procuratorate=None, actor_key="x", at=at, rendered=rendered)


class TestADownload:
    def test_is_an_attachment_under_its_chinese_name(self, db, at):
        response = file_response(stored(at))
        assert response.content == samples.PDF
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%AD%94")
        assert response["Content-Type"] == "application/pdf"

    def test_is_never_sniffed_and_never_cached(self, db, at):
        response = file_response(stored(at))
        assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")

    def test_cannot_smuggle_a_header_by_its_name(self):
        response = bytes_response('a"\r\nSet-Cookie: b=1.txt', "text/plain", b"x")
        assert "Set-Cookie" not in response.headers
        assert "\n" not in response["Content-Disposition"]

    def test_of_a_pdf_someone_uploaded_is_never_shown_inline(self, db, at):
        assert file_response(stored(at), inline=True)["Content-Disposition"].startswith("attachment")

    def test_of_a_pdf_of_our_own_may_be_shown_inline(self, db, at):
        assert file_response(stored(at, rendered=True), inline=True)["Content-Disposition"].startswith("inline")
        assert bytes_response("a.pdf", PDF, samples.PDF, inline=True)["Content-Disposition"].startswith("inline")
        assert bytes_response("a.html", "text/html", b"", inline=True)["Content-Disposition"].startswith("attachment")
