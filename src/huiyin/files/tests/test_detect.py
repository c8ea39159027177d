"""Telling what a file is, by its content."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.files.detection import FileRefused, detect
from huiyin.files.tests import samples

pytestmark = pytest.mark.pure

OLD_WORD = {"WordDocument": b"\xec\xa5\xc1\x00" + bytes(100)}
BEGIN, END = (0x0809, bytes(16)), (0x000A, b"")


def old_excel(*more: tuple[int, bytes]) -> bytes:
    return samples.compound({"Workbook": samples.records(BEGIN, *more, END)})


class TestAFileIsKnown:
    @pytest.mark.parametrize(
        ("content", "extension"),
        [
            (samples.PDF, "pdf"),
            (samples.word(), "docx"),
            (samples.excel(), "xlsx"),
            (samples.packed({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<x/>"}), "ofd"),
            (samples.compound(OLD_WORD), "doc"),
            (old_excel((0x0085, bytes(8))), "xls"),
            (samples.PNG, "png"),
            (samples.JPEG, "jpg"),
            (samples.TIFF, "tiff"),
        ],
    )
    def test_by_its_content_whatever_its_name_says(self, content, extension):
        assert detect(content, "附件.dat").extension == extension

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_as_plain_text_in_the_encodings_of_our_machines(self, encoding):
        assert detect("关于示例的说明\r\n䶮".encode(encoding), "说明.txt").extension == "txt"


class TestAFileIsRefused:
    def refusal(self, content: bytes, name: str = "附件.docx") -> str:
        with pytest.raises(FileRefused) as refused:
            detect(content, name)
        assert str(refused.value).startswith(f"文件“{name}”没有保存：")
        return str(refused.value)

    def test_when_it_is_empty(self):
        assert "空的" in self.refusal(b"")

    @pytest.mark.parametrize(
        "content", [samples.PROGRAM, b"\x7fELF\x02", b"#!/bin/sh\n", b"L\x00\x00\x00\x01\x14\x02\x00"]
    )
    def test_when_it_is_a_program_under_another_name(self, content):
        assert "程序" in self.refusal(content, "代表建议.docx")

    @pytest.mark.parametrize("name", ["a.exe", "a.pdf.scr", "a.js", "a.HTML", "a.docm", "a.exe.", "a.bat "])
    def test_when_its_name_would_run(self, name):
        assert "程序" in self.refusal(samples.PDF, name)

    @pytest.mark.parametrize("text", ["<!DOCTYPE html><p>", "  <script>", "\ufeff<svg onload=x>", "<?php"])
    def test_when_it_is_a_web_page_called_text(self, text):
        assert "网页" in self.refusal(text.encode(), "说明.txt")

    @pytest.mark.parametrize("member", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/vbaData.xml"])
    def test_when_a_document_carries_macros_or_controls(self, member):
        assert "宏" in self.refusal(samples.with_members(samples.word(), {member: b"x"}))

    def test_when_a_sheet_carries_old_style_macros(self):
        assert "宏" in self.refusal(samples.with_members(samples.excel(), {"xl/macrosheets/sheet1.xml": b"<x/>"}))
        assert "宏" in self.refusal(old_excel((0x0085, b"\x00\x00\x00\x00\x00\x01a")))

    def test_when_an_old_document_carries_macros(self):
        assert "宏" in self.refusal(samples.compound({**OLD_WORD, "_VBA_PROJECT": b""}))

    def test_when_another_file_hides_in_it(self):
        hidden = {"word/embeddings/oleObject1.bin": samples.compound({"\x01Ole10Native": samples.PROGRAM})}
        assert "嵌入" in self.refusal(samples.with_members(samples.word(), hidden))
        assert "嵌入" in self.refusal(samples.compound({**OLD_WORD, "\x01Ole10Native": b""}))

    def test_when_it_has_a_password(self):
        locked_word = {"WordDocument": bytes(10) + struct.pack("<H", 0x0100) + bytes(100)}
        for content in (
            samples.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
            samples.compound(locked_word),
            old_excel((0x002F, bytes(6))),
        ):
            assert "密码" in self.refusal(content)

    def test_when_it_is_an_archive(self):
        for content in (
            samples.packed({"说明.txt": b"x"}),
            b"Rar!\x1a\x07\x01\x00",
            b"7z\xbc\xaf\x27\x1c",
            b"\x1f\x8b\x08",
        ):
            assert "压缩包" in self.refusal(content, "资料.zip")

    def test_when_it_would_swell_beyond_measure(self):
        bomb = samples.with_members(samples.word(), {"word/media/a.xml": bytes(210 * 1024 * 1024)})
        assert "大得不正常" in self.refusal(bomb)

    def test_when_it_swells_beyond_what_it_declares(self):
        bomb = bytearray(samples.with_members(samples.word(), {"word/media/a.xml": bytes(210 * 1024 * 1024)}))
        with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
            member = archive.getinfo("word/media/a.xml")
        declared = struct.pack("<I", member.file_size)
        at = bytes(bomb).rindex(declared)
        bomb[at : at + 4] = struct.pack("<I", 10)
        assert "大得不正常" in self.refusal(bytes(bomb))

    @pytest.mark.parametrize("cut", [40, 400, -30])
    def test_when_it_is_broken(self, cut):
        assert "没有保存" in self.refusal(samples.word()[:cut])

    def test_when_it_is_nothing_we_know(self):
        assert "可以上传" in self.refusal(b"\x00\x01\x02unknown", "附件")
        assert "可以上传" in self.refusal("没有扩展名的文字".encode(), "附件")
        assert "RTF" in self.refusal(b"{\\rtf1 x}", "附件.doc")


class TestDetection:
    @given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF-"]))
    def test_answers_or_refuses_any_bytes_and_never_fails(self, content, start):
        with suppress(FileRefused):
            assert detect(start + content, "附件.txt").media_type

    @given(st.data())
    def test_answers_or_refuses_any_damaged_office_file(self, data):
        content = bytearray(data.draw(st.sampled_from([samples.compound(OLD_WORD), OLD_EXCEL, WORD])))
        for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=12)):
            content[at] = data.draw(st.integers(0, 255))
        with suppress(FileRefused):
            assert detect(bytes(content), "附件.doc").media_type


OLD_EXCEL, WORD = old_excel((0x0085, bytes(8))), samples.word()
