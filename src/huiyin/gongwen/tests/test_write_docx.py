import io
import zipfile

import docx
import pytest
from docx.shared import Mm

from huiyin.gongwen import layout
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.structure import Paragraph
from huiyin.gongwen.tests.samples import HANDLING, REGISTER, reply_letter, rich_letter

pytestmark = pytest.mark.pure


def opened(paper):
    return docx.Document(io.BytesIO(write_docx(paper)))


def texts(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


class TestWriteLetter:
    def test_sets_the_page_of_the_standard(self):
        section = opened(reply_letter()).sections[0]
        size = (section.page_width, section.page_height)
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(length.mm) for length in (*size, *margins)] == [210, 297, 37, 26, 35, 28]

    def test_sets_body_lines_22_a_page(self):
        style = opened(reply_letter()).styles["HY Body"]
        pitch = style.paragraph_format.line_spacing.pt
        assert style.font.size.pt == 16
        assert 28 <= pitch <= 29
        assert 22 * pitch <= layout.points(225) < 23 * pitch

    def test_names_chinese_fonts_for_chinese_text(self):
        styles = opened(reply_letter()).styles.element.xml
        for font in ("仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"):
            assert f'w:eastAsia="{font}"' in styles

    def test_keeps_head_number_mark_and_signer_out_of_the_text(self):
        document = opened(reply_letter())
        head = "\n".join(paragraph.text for paragraph in document.sections[0].first_page_header.paragraphs)
        assert head == "A\n样本市人民检察院\n签发人：钱示例\t样检函〔2026〕12号"
        assert "样检函" not in "".join(paragraph.text for paragraph in document.paragraphs)

    def test_numbers_all_pages_but_the_first(self):
        section = opened(reply_letter()).sections[0]
        assert "PAGE" not in section.first_page_footer._element.xml
        assert "PAGE" in section.footer._element.xml
        assert "PAGE" in section.even_page_footer._element.xml

    def test_styles_every_part_so_that_it_can_be_read_back(self):
        document = opened(reply_letter())
        assert texts(document, "HY Title") == ["关于市十六届人大二次会议\n第162008号建议的答复"]
        assert texts(document, "HY Salutation") == ["赵样例代表："]
        assert len(texts(document, "HY Heading 1")) == 4
        assert len(texts(document, "HY Heading 2")) == 2
        assert texts(document, "HY Signature") == ["样本市人民检察院"]
        assert texts(document, "HY Date") == ["2026年6月8日"]
        assert texts(document, "HY Imprint") == ["抄送：市人大常委会代表工作委员会，市人民政府督查室。"]

    def test_leaves_room_for_the_date_before_anyone_signed(self):
        assert texts(opened(reply_letter(signed_on=None)), "HY Date") == ["　　年　月　日"]

    def test_numbers_several_attachments_and_not_a_single_one(self):
        assert texts(opened(reply_letter()), "HY Attachment") == ["附件：人大代表建议办理情况征询意见表"]
        assert texts(opened(rich_letter()), "HY Attachment") == [
            "附件：1. 承诺事项清单",
            "2. 人大代表建议办理情况征询意见表",
        ]

    def test_prints_the_printing_organ_only_where_a_site_wants_it(self):
        assert "样本市人民检察院办公室\t2026年6月9日印发" in texts(opened(rich_letter()), "HY Imprint")
        assert len(texts(opened(reply_letter(copies=())), "HY Imprint")) == 0

    def test_drops_characters_that_xml_cannot_hold(self):
        document = opened(reply_letter(body=(Paragraph("甲\x00乙\x0b丙\ufffe"),)))
        assert texts(document, "HY Body") == ["甲乙丙"]

    def test_writes_equal_bytes_for_equal_letters(self):
        assert write_docx(rich_letter()) == write_docx(rich_letter())

    def test_carries_no_picture_of_an_empty_template(self):
        names = zipfile.ZipFile(io.BytesIO(write_docx(reply_letter()))).namelist()
        assert not [name for name in names if name.endswith((".jpeg", ".png", ".bin"))]


class TestWriteForm:
    def test_fills_the_grid_row_by_row(self):
        table = opened(HANDLING).tables[0]
        assert len(table.rows) == len(HANDLING.rows)
        assert table.rows[0].cells[0].text == "来文标题"
        assert table.rows[0].cells[1].text == table.rows[0].cells[4].text

    def test_leaves_room_for_handwriting(self):
        assert opened(HANDLING).tables[0].rows[-1].height >= Mm(HANDLING.rows[-1].height) - Mm(1)


class TestWriteList:
    def test_turns_the_paper_and_repeats_the_head(self):
        document = opened(REGISTER)
        assert document.sections[0].page_width > document.sections[0].page_height
        assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
        assert "w:tblHeader" not in document.tables[0].rows[1]._tr.xml
        assert len(document.tables[0].rows) == len(REGISTER.rows) + 1

    def test_numbers_pages(self):
        assert "NUMPAGES" in opened(REGISTER).sections[0].footer._element.xml
