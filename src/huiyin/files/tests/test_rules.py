"""Names and sizes of files."""

from __future__ import annotations

import pytest

from huiyin.files.detection import DOCX, JPEG, FileRefused
from huiyin.files.rules import check_size, clean_name, megabytes

pytestmark = pytest.mark.pure


class TestACleanedName:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("关于示例的建议.docx", "关于示例的建议.docx"),
            ("../../etc/passwd.docx", "passwd.docx"),
            ("C:\\用户\\桌面\\建议.docx", "建议.docx"),
            ("建\x00议\u202excod.docx", "建议xcod.docx"),
            ('问:"号"?.docx', "问__号__.docx"),
            (" .. ", "未命名"),
            ("第1.2节 说明.docx", "第1.2节 说明.docx"),
        ],
    )
    def test_has_no_path_and_no_trickery(self, given, kept):
        assert clean_name(given) == kept

    def test_gets_the_extension_of_its_content(self):
        assert clean_name("照片.png", JPEG) == "照片.jpg"
        assert clean_name("照片.JPEG", JPEG) == "照片.JPEG"
        assert clean_name("建议", DOCX) == "建议.docx"

    def test_is_shortened_before_its_extension(self):
        name = clean_name("长" * 300 + ".docx", DOCX)
        assert len(name) == 200
        assert name.endswith("长.docx")


class TestASize:
    def test_beyond_the_limit_is_refused_with_both_figures(self):
        with pytest.raises(FileRefused, match=r"有 30 MB，超过单个文件 20 MB 的上限"):
            check_size(30 * 1024 * 1024, "大.pdf", limit=20 * 1024 * 1024)

    def test_at_the_limit_passes(self):
        check_size(20, "小.pdf", limit=20)

    def test_is_said_in_words_a_reader_knows(self):
        assert [megabytes(size) for size in (10, 219_000, 26_500_000)] == ["1 KB", "214 KB", "25.3 MB"]
