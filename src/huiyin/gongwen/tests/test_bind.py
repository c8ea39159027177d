"""Foreign PDFs, scans and office documents bound into one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from huiyin.gongwen import office
from huiyin.gongwen.binding import Unreadable, bind, lay_images, lay_pdf, pad

pytestmark = pytest.mark.pure


def pdf(*sizes: tuple[float, float], turned: int = 0, password: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for width, height in sizes:
        writer.add_blank_page(width, height).rotate(turned)
    if password:
        writer.encrypt(user_password=password, owner_password="owner")
    writer.write(out)
    return out.getvalue()


def scan(kind: str, *frames: Image.Image) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    frames[0].save(out, kind, **more)
    return out.getvalue()


class TestAPdf:
    def test_is_laid_page_by_page(self, tmp_path: Path):
        assert lay_pdf(pdf((200, 300), (300, 200)), tmp_path / "a") == 2

    def test_locked_for_changes_only_is_laid(self, tmp_path: Path):
        writer, out = PdfWriter(clone_from=io.BytesIO(pdf((200, 300)))), io.BytesIO()
        writer.encrypt(user_password="", owner_password="owner")
        writer.write(out)
        assert lay_pdf(out.getvalue(), tmp_path / "a") == 1

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"%PDF-1.4 nothing", "损坏"),
            (pdf((200, 300))[:150], "损坏"),
            (pdf((200, 300), password="secret"), "密码"),
            (pdf(), "没有一页"),
            (pdf(*[(20, 20)] * 801), "超过800页"),
        ],
    )  # fmt: skip
    def test_that_cannot_be_laid_says_why(self, tmp_path: Path, content: bytes, why: str):
        with pytest.raises(Unreadable, match=why):
            lay_pdf(content, tmp_path / "a")

    def test_leaves_behind_what_runs_by_itself(self, tmp_path: Path):
        writer, out = PdfWriter(clone_from=io.BytesIO(pdf((200, 300)))), io.BytesIO()
        script = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(2)")}
        )
        writer.root_object[NameObject("/OpenAction")] = script
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
        writer.write(out)
        assert b"JavaScript" in out.getvalue()
        lay_pdf(out.getvalue(), tmp_path / "a")
        assert b"JavaScript" not in (tmp_path / "a").read_bytes()


class TestAScan:
    @pytest.mark.parametrize(("size", "across"), [((800, 1200), False), ((1200, 800), True)])
    def test_lies_on_a_sheet_of_a4_as_it_fits(self, tmp_path: Path, size: tuple[int, int], across: bool):
        assert lay_images(scan("JPEG", Image.new("RGB", size, "navy")), tmp_path / "a") == 1
        box = PdfReader(tmp_path / "a").pages[0].mediabox
        assert (round(box.width), round(box.height)) == ((842, 595) if across else (595, 842))

    @pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "CMYK", "P"])
    def test_of_every_kind_is_laid(self, tmp_path: Path, mode: str):
        kind = "TIFF" if mode in {"1", "CMYK"} else "PNG"
        assert lay_images(scan(kind, Image.new(mode, (40, 60))), tmp_path / "a") == 1

    def test_of_several_sheets_gives_as_many_pages(self, tmp_path: Path):
        frames = [Image.new("1", (400, 600), 1) for _ in range(3)]
        assert lay_images(scan("TIFF", *frames), tmp_path / "a") == 3

    def test_cut_off_half_way_is_refused(self, tmp_path: Path):
        with pytest.raises(Unreadable, match="损坏"):
            lay_images(scan("PNG", Image.effect_noise((300, 300), 50))[:2000], tmp_path / "a")


class TestTheBoundFile:
    def test_names_its_parts_and_stamps_every_page(self, tmp_path: Path):
        lay_pdf(pdf((595, 842), (842, 595)), tmp_path / "a")
        lay_images(scan("PNG", Image.new("L", (60, 40))), tmp_path / "b")
        content = bind(
            [("答复函", tmp_path / "a"), ("照片", tmp_path / "b")],
            stamp=lambda page: f"2026-0001 / {page}",
            title="案卷",
        )
        read = PdfReader(io.BytesIO(content))
        assert [page.extract_text().strip() for page in read.pages] == [f"2026-0001 / {page}" for page in (1, 2, 3)]
        assert [each.title for each in read.outline] == ["答复函", "照片"]
        assert [read.get_destination_page_number(each) for each in read.outline] == [0, 2]
        assert read.metadata.title == "案卷"

    @pytest.mark.parametrize(("turned", "corner"), [(0, (595, 842)), (90, (0, 842)), (180, (0, 0)), (270, (595, 0))])
    def test_stamps_the_corner_the_reader_sees_above_right(self, tmp_path: Path, turned: int, corner: tuple[int, int]):
        lay_pdf(pdf((595, 842), turned=turned), tmp_path / "a")
        content = bind([("函", tmp_path / "a")], stamp=str, title="案卷")
        places: list[tuple[float, float]] = []
        PdfReader(io.BytesIO(content)).pages[0].extract_text(
            visitor_text=lambda text, matrix, *_: places.append((matrix[4], matrix[5])) if text.strip() else None
        )
        assert places
        assert all(abs(at - edge) < 40 for at, edge in zip(places[0], corner, strict=True))

    def test_can_be_filled_up_with_empty_pages(self, tmp_path: Path):
        lay_pdf(pdf((595, 842)), tmp_path / "a")
        pad(tmp_path / "a", 3)
        pad(tmp_path / "a", 2)
        assert len(PdfReader(tmp_path / "a").pages) == 3


class TestAnOfficeDocument:
    def test_stays_as_it_is_where_libreoffice_is_not(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("PATH", "/nowhere")
        assert office.program() is None
        with pytest.raises(office.NotConverted):
            office.to_pdf(b"x", "txt", seconds=5)

    @pytest.mark.office
    def test_becomes_a_pdf(self):
        page = PdfReader(io.BytesIO(office.to_pdf("情况说明".encode(), "txt", seconds=90))).pages[0]
        assert "情况说明" in page.extract_text()

    @pytest.mark.office
    def test_that_is_none_is_refused(self):
        with pytest.raises(office.NotConverted):
            office.to_pdf(b"PK\x03\x04broken", "docx", seconds=90)
