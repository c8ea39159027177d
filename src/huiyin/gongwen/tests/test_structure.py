from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from huiyin.gongwen import layout
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.html import write_html
from huiyin.gongwen.structure import (
    Column,
    Form,
    Heading,
    ListPaper,
    Paragraph,
    Report,
    Row,
    Table,
    block_of,
    blocks_of,
    label,
    lines_of,
    value,
)
from huiyin.kernel.numerals import document_date

pytestmark = pytest.mark.pure


class TestAReport:
    REPORT = Report(
        organ="样本市人民检察院", title="关于代表建议办理情况的报告", salutation="样本市人大常委会：", signer="程检",
        number="样检报〔2026〕6号", body=(Table((("角色", "件数"), ("独办", "1"))),),
    )  # fmt: skip

    def test_has_the_head_of_the_general_format_and_is_numbered_from_its_first_page(self):
        document = Document(BytesIO(write_docx(self.REPORT)))
        section = document.sections[0]
        head = [each.text for each in section.first_page_header.paragraphs]
        assert head == ["样本市人民检察院文件", "样检报〔2026〕6号\t签发人：程检", ""]
        assert "— " in section.first_page_footer.paragraphs[0].text
        page = write_html(self.REPORT)
        assert page.index("样检报〔2026〕6号") < page.index("签发人：")
        assert "@page :first" not in page

    def test_parts_no_row_of_a_table_between_two_pages(self):
        [table] = Document(BytesIO(write_docx(self.REPORT))).tables
        assert all("cantSplit" in row._tr.xml for row in table.rows)
        assert ".letter tr { break-inside: avoid }" in write_html(self.REPORT)

    def test_for_the_own_leadership_begins_with_its_title(self):
        inner = replace(self.REPORT, is_headed=False)
        assert "样本市人民检察院文件" not in write_html(inner)
        assert Document(BytesIO(write_docx(inner))).sections[0].first_page_header.paragraphs[0].text == ""


class TestBlockOf:
    @pytest.mark.parametrize(
        ("line", "level"),
        [
            ("一、基本情况", 1),
            ("十二、其他", 1),
            ("（一）开展专项监督", 2),
            ("(二)建立机制", 2),
            ("1.线索移送", 3),
            ("12．回访", 3),
            ("3、评价", 3),
            ("（1）记录", 4),
            ("(2)评价", 4),
        ],
    )
    def test_knows_a_heading_by_its_number(self, line, level):
        assert block_of(line) == Heading(level, line)

    @pytest.mark.parametrize(
        "line", ["一、二审程序均已终结。", "1.5万件案件", "2026年工作", "我院一、再次感谢", "（试行）"]
    )
    def test_leaves_running_text_alone(self, line):
        assert block_of(line) == Paragraph(line)


class TestHeading:
    def test_of_an_upper_level_ends_at_its_first_full_stop(self):
        heading = Heading(2, "（一）开展专项监督。今年3月以来，共发现问题37件。")
        assert heading.lead == "（一）开展专项监督。"
        assert heading.tail == "今年3月以来，共发现问题37件。"

    def test_of_a_lower_level_looks_like_text_and_stays_whole(self):
        assert Heading(3, "1.线索移送。应当报告。").tail == ""

    def test_has_four_levels(self):
        with pytest.raises(ValueError, match="levels 1 to 4"):
            Heading(5, "五级")


class TestBlocksOf:
    def test_reads_one_block_a_line_without_blank_lines_and_indents(self):
        assert blocks_of("　　一、背景\n\n  正文。\r\n") == (Heading(1, "一、背景"), Paragraph("正文。"))

    def test_is_undone_by_lines_of(self):
        text = "一、背景\n正文。\n（1）细目"
        assert "\n".join(lines_of(blocks_of(text))) == text


class TestLinesOf:
    def test_gives_a_table_one_line_a_row(self):
        assert lines_of([Table((("事项", "时限"), ("覆盖", "9月底")))]) == ["事项 | 时限", "覆盖 | 9月底"]


class TestPapers:
    def test_refuse_a_form_row_that_does_not_fill_the_grid(self):
        with pytest.raises(ValueError, match="3 columns"):
            Form("表", (1, 1, 1), (Row((label("甲"), value("乙"))),))

    def test_refuse_a_register_row_of_another_length(self):
        with pytest.raises(ValueError, match="2 cells"):
            ListPaper("表", (Column("甲"), Column("乙")), (("一",),))

    def test_refuse_a_ragged_table(self):
        with pytest.raises(ValueError, match="same number"):
            Table((("甲", "乙"), ("丙",)))


class TestTitleLines:
    def test_keep_a_short_title_on_one_line(self):
        assert layout.title_lines("关于加强监督的答复") == ["关于加强监督的答复"]

    @pytest.mark.parametrize(
        ("title", "lines"),
        [
            ("关于市十六届人大二次会议第162008号建议的答复", ["关于市十六届人大二次会议", "第162008号建议的答复"]),
            ("关于市十六届人大闭会期间第闭160003号建议的答复", ["关于市十六届人大闭会期间", "第闭160003号建议的答复"]),
            ("关于政协市十四届二次会议第0117号提案的会办意见", ["关于政协市十四届二次会议", "第0117号提案的会办意见"]),
        ],
    )
    def test_break_a_long_one_where_words_end(self, title, lines):
        assert layout.title_lines(title) == lines

    def test_never_exceed_the_line(self):
        lines = layout.title_lines("关于" + "加强未成年人检察工作和社会治理" * 6 + "的答复")
        assert all(layout.width(line) <= 20 for line in lines)
        assert len(lines) == 5

    def test_give_back_the_whole_title_however_long(self):
        title = "关于加强 2026 年监督《工作》的建议" * 5_000
        assert "".join(layout.title_lines(title)) == title


class TestSignatureIndents:
    def test_centre_the_organ_over_the_date_four_characters_in(self):
        organ, day = "样本市人民检察院", document_date(date(2026, 6, 8))
        indents = layout.signature_indents(organ, day)
        assert indents.date == 4
        assert indents.organ + layout.width(organ) / 2 == indents.date + layout.width(day) / 2

    def test_move_the_date_in_under_a_very_long_name(self):
        indents = layout.signature_indents("示例省样本市沙盒区演示县人民检察院联合工作领导小组办公室", "2026年6月8日")
        assert indents.organ == 0
        assert indents.date > 4


class TestHeadSize:
    def test_shrinks_until_the_name_fits_the_line(self):
        short, long = layout.head_size("样本市人民检察院"), layout.head_size("示例省样本市沙盒区人民检察院")
        assert (short, long) == (36.0, 28.0)
        assert 14 * long <= layout.points(layout.TEXT_WIDTH)


class TestPacked:
    def test_puts_facts_on_as_few_lines_as_hold_them(self):
        assert layout.packed(("甲" * 10, "乙" * 10, "丙" * 10), 34) == [("甲" * 10, "乙" * 10, "丙" * 10)]
        assert layout.packed(("甲" * 10, "乙" * 10, "丙" * 10), 30) == [("甲" * 10, "乙" * 10), ("丙" * 10,)]
