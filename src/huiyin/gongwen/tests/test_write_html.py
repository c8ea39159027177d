import re

import pytest

from huiyin.gongwen.html import write_html
from huiyin.gongwen.structure import Cell, Column, Form, ListPaper, Row
from huiyin.gongwen.tests.samples import FEEDBACK, HANDLING, REGISTER, reply_letter, rich_letter

pytestmark = pytest.mark.pure

PAPERS = [reply_letter(), rich_letter(), HANDLING, REGISTER]
NASTY = '<script>alert("1")</script>&\''


class TestWriteHtml:
    @pytest.mark.parametrize("paper", PAPERS)
    def test_gives_one_page_with_one_first_heading_and_nothing_to_fetch(self, paper):
        page = write_html(paper)
        assert page.count("<h1") == 1
        assert '<html lang="zh-CN">' in page
        assert not re.search(r"(src|href)=|url\(|@import|<script|<link", page)

    @pytest.mark.parametrize("paper", PAPERS)
    def test_uses_no_inline_style(self, paper):
        assert " style=" not in write_html(paper)

    def test_gives_its_style_element_the_nonce(self):
        assert '<style nonce="abc&quot;1">' in write_html(HANDLING, nonce='abc"1')

    @pytest.mark.parametrize(
        "paper",
        [
            reply_letter(
                **dict.fromkeys(("organ", "title", "salutation", "number", "mark", "signer", "closing"), NASTY),
                **dict.fromkeys(("attachments", "signatures", "notes", "copies"), (NASTY,)),
            ),
            Form(NASTY, (1,), (Row((Cell(NASTY),)),), NASTY, (NASTY,), (NASTY,), (NASTY,)),
            ListPaper(NASTY, (Column(NASTY),), ((NASTY,),), NASTY, (NASTY,), (NASTY,)),
        ],
    )
    def test_escapes_whatever_people_typed(self, paper):
        page = write_html(paper)
        assert "<script" not in page
        assert "&lt;script&gt;" in page

    def test_keeps_a_heading_and_the_text_that_runs_on_in_one_paragraph(self):
        page = write_html(reply_letter())
        assert '<p><b class="lead-2">（一）开展专项监督。</b>今年3月以来' in page
        assert "<h2>一、关于推动校园周边综合治理</h2>" in page

    def test_says_the_date_to_machines_too(self):
        assert '<time datetime="2026-06-08">2026年6月8日</time>' in write_html(reply_letter())

    def test_is_not_escaped_again_by_a_template(self):
        page = write_html(FEEDBACK)
        assert page.__html__() is page
