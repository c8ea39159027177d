"""What LibreOffice makes of our .docx; positions in points from the page's upper left corner."""

import os
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

import huiyin.gongwen
from huiyin.gongwen import layout, pdf
from huiyin.gongwen.docx import write_docx
from huiyin.gongwen.reader import ReadLetter, read_letter_text
from huiyin.gongwen.structure import blocks_of
from huiyin.gongwen.tests.samples import BODY, HANDLING, REGISTER, reply_letter, rich_letter

pytestmark = [pytest.mark.pure, pytest.mark.office]

FONTS = Path(huiyin.gongwen.__file__).parent / "data" / "fonts.conf"
LONG = reply_letter(body=blocks_of(BODY * 2), attachments=(), enclosures=(), copies=())
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def converted(folder, source, kind):
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind, "--outdir",
         str(folder / kind), str(source)],
        check=True, capture_output=True, env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
    )  # fmt: skip
    return folder / kind / f"{source.stem}.{kind}"


def words(path):
    """The words of each page with their boxes."""
    page_xml = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return [[(*map(float, hit[:4]), hit[4]) for hit in WORD.findall(page)] for page in page_xml.split("<page ")[1:]]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Pages of our samples as LibreOffice lays them out."""
    folder = tmp_path_factory.mktemp("office")

    def pages(name, paper):
        (folder / f"{name}.docx").write_bytes(write_docx(paper))
        return words(converted(folder, folder / f"{name}.docx", "pdf"))

    return {
        "long": pages("long", LONG),
        "letter": pages("letter", reply_letter()),
        "rich": pages("rich", rich_letter()),
        "form": pages("form", HANDLING),
        "list": pages("list", REGISTER),
    }


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Pages of our letters as we make the PDF ourselves."""
    folder = tmp_path_factory.mktemp("pdf")
    for name, letter in (("long", LONG), ("letter", reply_letter())):
        (folder / name).write_bytes(pdf.write_pdf(letter))
    return {name: words(folder / name) for name in ("long", "letter")}


def text(page):
    return "".join(word for *_, word in page)


def rows(page):
    """Vertical middles of the lines in the text area, top down."""
    middles = sorted({round((y1 + y2) / 2) for _, y1, _, y2, _ in page if y1 > 95 and y2 < layout.points(262) + 2})
    return [middles[0], *(b for a, b in pairwise(middles) if b - a > 3)]


def rows_by_top(page):
    """Upper edges of the lines in the text area that hold body type."""
    return sorted({round(y) for _, y, *_ in page if 100 < y < layout.points(255)})


class TestLetterInOffice:
    def test_keeps_its_pages(self, office):
        pages = office["letter"]
        assert len(pages) == 4
        assert "样本市人民检察院" in text(pages[0])
        assert "代表签名" in text(pages[3])

    def test_fills_a_page_with_22_lines(self, office):
        lines = rows(office["long"][1])
        assert len(lines) == 22
        assert all(28 <= b - a <= 30 for a, b in pairwise(lines))

    def test_stands_within_the_text_area(self, office):
        for page in office["letter"][1:3]:
            assert min(x for x, *_ in page) >= layout.points(layout.LEFT) - 1
            # A punctuation mark may hang over the edge.
            assert max(x for _, _, x, _, _ in page) <= layout.points(210 - layout.RIGHT) + 17

    def test_begins_its_head_30_mm_down(self, office):
        (head,) = [word for word in office["letter"][0] if word[4] == "样本市人民检察院"]
        assert abs((head[1] + head[3]) / 2 - layout.points(layout.HEAD_TOP) - 18) < 6
        assert abs((head[0] + head[2]) / 2 - layout.points(105)) < 4

    def test_ends_its_last_page_with_the_imprint(self, office):
        for name, page in (("letter", 2), ("rich", 3)):
            bottom = max(y for *_, y, word in office[name][page] if not re.fullmatch(r"[—\d]+", word))
            assert abs(bottom - layout.points(262)) < 6

    def test_puts_odd_numbers_right_and_even_numbers_left(self, office):
        (second,) = [word for word in office["letter"][1] if word[1] > layout.points(264) and word[4] == "2"]
        (third,) = [word for word in office["letter"][2] if word[1] > layout.points(264) and word[4] == "3"]
        assert second[0] < layout.points(60)
        assert third[0] > layout.points(150)

    def test_is_read_back_after_it_was_saved_there(self, tmp_path):
        letter = reply_letter(copies=(), enclosures=())
        (tmp_path / "draft.docx").write_bytes(write_docx(letter))
        saved = converted(tmp_path, converted(tmp_path, tmp_path / "draft.docx", "odt"), "docx")
        expected = ReadLetter(**{name: getattr(letter, name) for name in ReadLetter.__dataclass_fields__})
        assert read_letter_text(saved.read_bytes()) == expected


class TestLetterAsPdf:
    def test_fills_a_page_with_22_lines(self, printed):
        lines = rows(printed["long"][1])
        assert len(lines) == 22
        assert all(28 <= b - a <= 30 for a, b in pairwise(lines))

    def test_sets_full_lines_flush_with_both_edges(self, printed):
        page = printed["long"][1]
        left, right = layout.points(layout.LEFT), layout.points(210 - layout.RIGHT)
        begins = {round(y) for x, y, *_ in page if abs(x - left) < 1.5}
        # A line is full when the next one goes on at the left edge.
        full = [y for y in rows_by_top(page) if any(abs(y + layout.LINE_PITCH - other) < 2 for other in begins)]
        assert len(full) > 8
        for y in full:
            assert abs(max(x for _, top, x, _, _ in page if abs(top - y) < 2) - right) < 1.5

    def test_ends_its_last_page_with_the_imprint(self, printed):
        (imprint,) = [word for word in printed["letter"][2] if word[4].startswith("抄送")]
        assert layout.points(262) - imprint[3] < 12


class TestOtherPapersInOffice:
    def test_keep_a_handling_sheet_on_one_page(self, office):
        assert len(office["form"]) == 1
        assert "检察长" in text(office["form"][0])

    def test_repeat_the_head_of_a_register_and_number_its_pages(self, office):
        pages = office["list"]
        assert len(pages) > 2
        assert all("承办部门" in text(page) for page in pages)
        assert f"第2页共{len(pages)}页" in text(pages[1])
