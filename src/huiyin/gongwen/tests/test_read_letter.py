import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from huiyin.gongwen import reader_package
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.reader import CannotRead, ReadLetter, read_letter_text
from huiyin.gongwen.structure import Heading, Paragraph, blocks_of
from huiyin.gongwen.tests.samples import HANDLING, reply_letter, rich_letter
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.pure

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CLOSING = "感谢您对检察工作的关心和支持。"


def rezipped(data, changes):
    """The file with some of its parts replaced (text), added, or removed (None)."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changes:
                target.writestr(name, source.read(name))
        for name, content in changes.items():
            if content is not None:
                target.writestr(name, content)
    return result.getvalue()


def with_text(run_xml):
    """A reply whose closing sentence is replaced by other XML inside its run."""
    data = write_docx(reply_letter())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert f"<w:t>{CLOSING}</w:t>" in xml
    return rezipped(data, {"word/document.xml": xml.replace(f"<w:t>{CLOSING}</w:t>", run_xml)})


def typed(*lines, styles=None, edit=None):
    """A file a drafter typed without our styles."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line, (styles or {}).get(line))
    if edit:
        edit(document)
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


PLAIN = (
    "样本市人民检察院",
    "样检函〔2026〕12号",
    "签发人：钱示例",
    "关于市十六届人大二次会议第162008号建议的答复",
    "",
    "赵样例代表：",
    "　　您提出的建议收悉，现答复如下：",
    "一、关于综合治理",
    "我院已开展专项行动。",
    "特此答复。",
    "附件：1.承诺清单",
    "2.征询意见表",
    "样本市人民检察院",
    "2026年6月8日",
    "（联系人：孙演示，1000000-0001）",
    "抄送：市人大常委会代表工作委员会，市人民政府督查室。",
)


class TestReadLetterText:
    @pytest.mark.parametrize("letter", [reply_letter(), rich_letter(), reply_letter(signed_on=None, copies=())])
    def test_reads_back_what_was_written(self, letter):
        read = read_letter_text(write_docx(letter))
        assert read == ReadLetter(**{name: getattr(letter, name) for name in ReadLetter.__dataclass_fields__})

    def test_reads_an_unnumbered_heading_by_its_style(self):
        body = (Heading(1, "基本情况"), Paragraph("正文。"), Heading(2, "下一步安排"), Paragraph("正文。"))
        assert read_letter_text(write_docx(reply_letter(body=body))).body == body

    def test_reads_a_file_typed_without_our_styles(self):
        assert read_letter_text(typed(*PLAIN)) == ReadLetter(
            title="关于市十六届人大二次会议第162008号建议的答复",
            salutation="赵样例代表：",
            body=blocks_of("您提出的建议收悉，现答复如下：\n一、关于综合治理\n我院已开展专项行动。"),
            closing="特此答复。",
            attachments=("承诺清单", "征询意见表"),
            signatures=("样本市人民检察院",),
            notes=("联系人：孙演示，1000000-0001",),
            copies=("市人大常委会代表工作委员会", "市人民政府督查室"),
        )

    def test_reads_a_title_of_two_lines(self):
        lines = ("关于市十六届人大二次会议", "第162008号建议的答复", *PLAIN[5:])
        assert read_letter_text(typed(*lines)).title == "关于市十六届人大二次会议第162008号建议的答复"

    def test_reads_a_line_broken_by_hand_as_two_paragraphs(self):
        body = read_letter_text(with_text("<w:t>第一句。</w:t><w:br/><w:t>第二句。</w:t>")).body
        assert body[-1:] == (Paragraph("第一句。"),)

    def test_drops_bold_and_colour_and_keeps_links_as_text(self):
        def edit(document):
            run = document.paragraphs[8].add_run("见通知")
            run.bold = True
            link = document.paragraphs[8]._p.makeelement(f"{{{W[9:-1]}}}hyperlink", {})
            link.append(run._r)
            document.paragraphs[8]._p.append(link)
            document.paragraphs[8].alignment = WD_ALIGN_PARAGRAPH.CENTER

        assert Paragraph("我院已开展专项行动。见通知") in read_letter_text(typed(*PLAIN, edit=edit)).body

    def test_writes_out_the_numbers_that_word_keeps_to_itself(self):
        numbering = (
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
            '<w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
            '<w:lvlText w:val="（%2）"/></w:lvl>'
            '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
        )
        data = write_docx(reply_letter(body=tuple(Paragraph(text) for text in ("背景", "监督", "帮教", "承诺"))))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read("word/document.xml").decode()
        for text, depth in (("背景", 0), ("监督", 1), ("帮教", 1), ("承诺", 0)):
            before = '<w:pStyle w:val="HYBody"/></w:pPr><w:r><w:t>' + text
            number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>'
            assert before in xml
            xml = xml.replace(before, before.replace("</w:pPr>", number + "</w:pPr>"))
        changed = rezipped(data, {"word/document.xml": xml, "word/numbering.xml": numbering})
        assert read_letter_text(changed).body == (
            Heading(1, "一、背景"),
            Heading(2, "（一）监督"),
            Heading(2, "（二）帮教"),
            Heading(1, "二、承诺"),
        )


class TestContentThatCannotBeRead:
    @pytest.mark.parametrize(
        ("xml", "reason"),
        [
            ("<w:drawing/>", "图片"),
            ("<w:drawing><w:txbxContent/></w:drawing>", "文本框"),
            ("<w:pict/>", "图片"),
            ("<w:object/>", "嵌入的对象"),
            ('<w:footnoteReference w:id="2"/>', "脚注"),
            ('<w:commentReference w:id="2"/>', "批注"),
            ('</w:r><w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins><w:r>', "修订"),
            ('</w:r><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del><w:r>', "修订"),
            ("<w:rPr><w:vanish/></w:rPr><w:t>藏</w:t>", "隐藏文字"),
            ("<w:rPr><w:strike/></w:rPr><w:t>划去</w:t>", "删除线"),
            ('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t>', "上标"),
            ("<w:instrText> DATE \\@ yyyy </w:instrText>", "域"),
            ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "特殊符号"),
            ("<w:fancyNewThing/>", "无法识别"),
        ],
    )
    def test_is_named_with_its_place(self, xml, reason):
        with pytest.raises(CannotRead, match=reason) as refused:
            read_letter_text(with_text("<w:t>感谢</w:t>" + xml))
        assert "段" in str(refused.value)
        assert isinstance(refused.value, Refusal)

    def test_is_said_after_which_words_it_stands(self):
        with pytest.raises(CannotRead, match="“感谢您的关心”之后"):
            read_letter_text(with_text("<w:t>感谢您的关心</w:t><w:drawing/>"))

    def test_may_be_switched_off_by_hand(self):
        read = read_letter_text(with_text('<w:rPr><w:strike w:val="0"/></w:rPr><w:t>感谢。</w:t>'))
        assert read.closing == "感谢。"

    def test_includes_merged_and_nested_tables(self):
        def merged(document):
            table = document.add_table(2, 2)
            table.cell(0, 0).merge(table.cell(0, 1))

        def nested(document):
            document.add_table(1, 1).cell(0, 0).add_table(1, 1)

        for edit, reason in ((merged, "合并了单元格"), (nested, "嵌套")):
            with pytest.raises(CannotRead, match=reason):
                read_letter_text(typed(*PLAIN[:9], edit=edit))

    def test_includes_bullets(self):
        with pytest.raises(CannotRead, match="项目符号"):
            read_letter_text(typed(*PLAIN, styles={PLAIN[8]: "List Bullet"}))


class TestFilesThatAreNoLetter:
    def test_without_salutation_title_or_body_are_refused_by_name(self):
        for lines, reason in (
            (PLAIN[:5], "没有找到称谓"),
            (PLAIN[5:], "没有找到称谓|没有找到标题"),
            (PLAIN[:6] + PLAIN[12:14], "没有读到正文"),
        ):
            with pytest.raises(CannotRead, match=reason):
                read_letter_text(typed(*lines))

    def test_of_ours_are_refused_when_they_are_forms(self):
        with pytest.raises(CannotRead, match="没有找到称谓"):
            read_letter_text(write_docx(HANDLING))

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "不是 .docx"),
            (b"%PDF-1.7", "不是 .docx"),
            (b"PK\x03\x04 torn", "已损坏"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "已加密"),
        ],
    )
    def test_of_another_kind_are_named(self, data, reason):
        with pytest.raises(CannotRead, match=reason):
            read_letter_text(data)

    def test_with_macros_are_refused(self):
        with pytest.raises(CannotRead, match="宏"):
            read_letter_text(rezipped(write_docx(reply_letter()), {"word/vbaProject.bin": b"x"}))

    def test_that_call_themselves_macro_documents_are_refused(self):
        data = write_docx(reply_letter())
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            types = archive.read("[Content_Types].xml").decode()
        kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
        types = types.replace("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind)
        with pytest.raises(CannotRead, match="宏"):
            read_letter_text(rezipped(data, {"[Content_Types].xml": types}))

    def test_that_are_spreadsheets_under_another_name_are_refused(self):
        from openpyxl import Workbook

        book = io.BytesIO()
        Workbook().save(book)
        with pytest.raises(CannotRead, match="不是 Word 文档"):
            read_letter_text(book.getvalue())

    def test_that_lack_parts_are_refused(self):
        for name in ("word/document.xml", "_rels/.rels", "[Content_Types].xml"):
            with pytest.raises(CannotRead):
                read_letter_text(rezipped(write_docx(reply_letter()), {name: None}))

    def test_that_declare_entities_are_refused(self):
        bomb = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'
        with pytest.raises(CannotRead, match="已损坏"):
            read_letter_text(rezipped(write_docx(reply_letter()), {"word/document.xml": bomb}))

    def test_that_unpack_to_far_too_much_are_refused_unread(self, monkeypatch):
        monkeypatch.setattr(reader_package, "_MAX_UNPACKED", 1_000_000)
        with pytest.raises(CannotRead, match="解压后过大"):
            read_letter_text(rezipped(write_docx(reply_letter()), {"word/media/zero.bin": b"\0" * 2_000_000}))

    def test_that_hold_one_part_twice_are_refused(self):
        result = io.BytesIO(write_docx(reply_letter()))
        with zipfile.ZipFile(result, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<w/>")
        with pytest.raises(CannotRead, match="已损坏"):
            read_letter_text(result.getvalue())

    def test_that_are_torn_anywhere_are_refused_and_never_crash(self):
        data = write_docx(reply_letter())
        for at in range(0, len(data), 1499):
            torn = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            try:
                read = read_letter_text(torn)
            except CannotRead:
                continue
            assert read.title
