import io
import sys

import pytest
from pypdf import PdfReader

from huiyin.gongwen import fonts, pdf
from huiyin.gongwen.structure import Paragraph
from huiyin.gongwen.tests.samples import HANDLING, REGISTER, reply_letter, rich_letter

pytestmark = pytest.mark.pure


def pages(paper):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.write_pdf(paper))).pages]


class TestWritePdf:
    def test_prints_a_letter_with_its_form_on_a_sheet_of_its_own(self):
        first, *_, last_of_letter, form = pages(reply_letter())
        assert "样本市人民检察院" in first
        assert "样检函〔2026〕12号" in first
        assert "抄送：市人大常委会代表工作委员会" in last_of_letter
        assert "征询意见表" in form
        assert "代表签名" in form

    def test_shows_no_number_on_the_first_page_and_on_the_form(self):
        first, second, third, form = pages(reply_letter())
        assert "— 1 —" not in first
        assert "— 2 —" in second
        assert "— 3 —" in third
        assert "— 4 —" not in form

    def test_prints_the_imprint_after_the_annexes(self):
        texts = pages(rich_letter())
        assert [number for number, text in enumerate(texts) if "印发" in text] == [3]
        assert [number for number, text in enumerate(texts) if text.startswith("附件")] == [2, 3]

    def test_prints_on_a4_upright_and_registers_across(self):
        upright = PdfReader(io.BytesIO(pdf.write_pdf(HANDLING))).pages[0].mediabox
        across = PdfReader(io.BytesIO(pdf.write_pdf(REGISTER))).pages[0].mediabox
        assert (round(upright.width), round(upright.height)) == (595, 842)
        assert (round(across.width), round(across.height)) == (842, 595)

    def test_repeats_the_head_of_a_register_and_counts_its_pages(self):
        texts = pages(REGISTER)
        assert len(texts) > 2
        assert all("承办部门" in text for text in texts)
        assert f"第 2 页　共 {len(texts)} 页" in texts[1]

    def test_embeds_every_font_it_uses(self):
        reader = PdfReader(io.BytesIO(pdf.write_pdf(reply_letter())))
        used = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
        assert used
        for font in used:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)

    def test_has_a_glyph_for_rare_characters_of_names(self):
        (text, *_) = pages(reply_letter(salutation="䶮喆堃代表：", body=(Paragraph("㛃"),)))
        assert "䶮喆堃代表" in text
        assert "㛃" in text

    def test_writes_equal_bytes_for_equal_letters(self):
        assert pdf.write_pdf(rich_letter()) == pdf.write_pdf(rich_letter())


class TestAvailable:
    def test_says_nothing_when_all_is_there(self):
        assert pdf.available() is None

    def test_names_the_packages_when_pango_is_missing(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        sentence = pdf.available()
        assert "apt install" in sentence
        assert "libpango" in sentence
        with pytest.raises(pdf.PdfNotAvailable, match="apt install"):
            pdf.write_pdf(HANDLING)

    def test_names_the_packages_when_no_chinese_font_is_there(self, monkeypatch):
        monkeypatch.setattr(fonts, "CJK_FAMILIES", ("No Such Family",))
        assert "fonts-noto-cjk" in pdf.available()


class TestFetcher:
    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:9/x", "https://localhost/x", "file:///etc/hostname", "ftp://h/x"]
    )
    def test_fetches_nothing_but_the_fonts(self, url):
        with pytest.raises(ValueError, match="refused"):
            pdf._fetcher().fetch(url)
