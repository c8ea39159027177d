"""The whole file of a matter as one PDF."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from tests.support.history import in_hand
from tests.support.letters import delivered, fresh
from tests.support.world import World

from huiyin.audit.models import Record
from huiyin.files.models import StoredFile
from huiyin.files.operations import examine, read, upload_draft
from huiyin.gongwen import office, pdf
from huiyin.gongwen.pdf import PdfNotAvailable
from huiyin.matters import binding
from huiyin.matters.filing_documents import file_of
from huiyin.matters.models import FileBundle, Matter
from huiyin.matters.operations.attachments import add_attachments
from huiyin.matters.operations.bundles import bind_file
from huiyin.matters.operations.closing import close
from huiyin.matters.operations.filing import file_matter
from huiyin.matters.operations.ratings import RatingFacts, record_rating
from huiyin.matters.rules import RatingSource
from huiyin.organisations.permissions import NotAllowed

needs_pdf = pytest.mark.skipif(pdf.available() is not None, reason="this machine makes no PDF")


@pytest.fixture
def closed(in_force: World, deputies: object, at: datetime) -> Matter:
    reply = delivered(in_force, in_hand(in_force, at), at)
    record_rating(
        reply=reply, participant=reply.matter.participants.get(role="lead"), actor=in_force.act("officer_wang"), at=at,
        facts=RatingFacts(
            source=RatingSource.CONGRESS_SYSTEM, attitude="satisfied", result="satisfied", rated_on=at.date()
        ),
    )  # fmt: skip
    matter = fresh(reply).matter
    return close(matter=matter, actor=in_force.act("officer_wang"), version=matter.version, at=at)


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")


def add(world: World, matter: Matter, at: datetime, name: str, content: bytes, note: str = "") -> None:
    upload = examine(content=content, name=name)
    key, actor = uuid4(), world.act("officer_wang")
    file = upload_draft(examined=upload, procuratorate=world.city, request_key=key, field="files", actor=actor, at=at)
    add_attachments(matter=matter, kind="paper", files=[file], note=note, request_key=key, actor=actor, at=at)


def bound(world: World, matter: Matter, at: datetime) -> FileBundle:
    bundle = bind_file(matter=matter, actor=world.act("officer_wang"), at=at)
    assert binding.bind(bundle.pk, at=at)
    bundle.refresh_from_db()
    return bundle


def pages_of(bundle: FileBundle) -> list[str]:
    assert bundle.file is not None
    return [page.extract_text() for page in PdfReader(io.BytesIO(read(bundle.file))).pages]


def picture(kind: str, size: tuple[int, int] = (1200, 800)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def locked_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("geheim")
    writer.write(out)
    return out.getvalue()


@needs_pdf
class TestABoundFile:
    def test_has_the_pages_its_catalogue_names_in_the_order_of_the_book(
        self, closed: Matter, in_force: World, at: datetime, no_office: None
    ) -> None:
        add(in_force, closed, at, "照片.jpg", picture("JPEG"), note="现场照片")
        bundle = bound(in_force, closed, at)
        pages, entries = pages_of(bundle), bundle.entries
        assert [each["title"] for each in entries] == [
            "答复函正本", "发文稿纸", "签发的定稿（第2稿）", closed.title, "拟办单",
            "评价登记（人大系统）", "承办通知单（第二检察部（未成年人检察））", "现场照片",
        ]  # fmt: skip
        assert len(pages) == bundle.pages == sum(each["pages"] for each in entries) + 3
        assert [each["first"] for each in entries] == [
            3 + sum(each["pages"] for each in entries[:place]) for place in range(len(entries))
        ]
        assert "案　卷" in pages[0]
        assert "卷内目录" in pages[1]
        assert "备　考　表" in pages[-1]
        first = {each["title"]: each["first"] for each in entries}
        for title, words in (
            ("答复函正本", "样检函〔2026〕1号"), ("发文稿纸", "发　文　稿　纸"), ("拟办单", "拟　办　单"),
        ):  # fmt: skip
            assert words in pages[first[title] - 1]
            assert title in pages[1]
        assert all(page.rstrip().endswith(str(place)) for place, page in enumerate(pages, start=1))

    def test_is_stamped_with_item_and_page_once_it_is_filed(
        self, closed: Matter, in_force: World, at: datetime, no_office: None
    ) -> None:
        filed = file_matter(
            matter=closed, missing_reason="代表在人大系统评价。", actor=in_force.act("officer_wang"),
            version=Matter.objects.get(pk=closed.pk).version, at=at,
        )  # fmt: skip
        pages = pages_of(bound(in_force, Matter.objects.get(pk=closed.pk), at))
        assert all(f"{filed.item_number} / {place}" in page for place, page in enumerate(pages, start=1))
        assert "代表在人大系统评价" in pages[-1]

    def test_has_a_page_instead_of_what_cannot_be_laid(
        self, closed: Matter, in_force: World, at: datetime, no_office: None
    ) -> None:
        given = {
            "坏的.pdf": (b"%PDF-1.7\nnothing", "已损坏"), "锁的.pdf": (locked_pdf(), "有密码"),
            "坏的.png": (picture("PNG")[:60], "已损坏"), "表.txt": ("甲乙丙".encode(), "不能直接排入案卷"),
            "丢了.png": (picture("PNG"), "内容丢失"),
        }  # fmt: skip
        for name, (content, _) in given.items():
            add(in_force, closed, at, name, content, note=f"补充材料{name}")
        StoredFile.objects.filter(name="丢了.png").update(sha256="0" * 64)
        bundle = bound(in_force, closed, at)
        pages, by_title = pages_of(bundle), {each["title"]: each for each in bundle.entries}
        for name, (_, reason) in given.items():
            entry = by_title[f"补充材料{name}"]
            assert (entry["pages"], entry["note"]) == (1, "原件另附"), name
            page = pages[entry["first"] - 1]
            assert reason in page, name
            assert name in page
            assert StoredFile.objects.get(name=name).sha256[:8] in page
            assert name in pages[-1].replace("\n", "")

    @pytest.mark.office
    def test_shows_office_documents_as_they_print(self, closed: Matter, in_force: World, at: datetime) -> None:
        assert office.program(), "LibreOffice is not installed"
        add(in_force, closed, at, "说明.txt", "情况说明：已经核实。".encode(), note="情况说明")
        bundle = bound(in_force, closed, at)
        entry = bundle.entries[-1]
        assert entry["note"] == ""
        assert "已经核实" in pages_of(bundle)[entry["first"] - 1]


@pytest.mark.pure
class TestTheRoomOfABinding:
    def test_ends_with_its_bytes_or_its_pages(self) -> None:
        room = binding.Room(size=10, pages=3)
        room.take(6, 1)
        for size, pages in ((5, 1), (1, 3)):
            with pytest.raises(binding.KeptApart):
                room.take(size, pages)
        room.take(4, 2)


@needs_pdf
class TestBinding:
    def test_is_done_once_however_often_it_is_asked_and_anew_when_papers_came(
        self, closed: Matter, in_force: World, at: datetime, no_office: None
    ) -> None:
        actor = in_force.act("officer_wang")
        first = bind_file(matter=closed, actor=actor, at=at)
        assert bind_file(matter=closed, actor=actor, at=at).pk == first.pk
        assert binding.bind(first.pk, at=at)
        assert not binding.bind(first.pk, at=at)
        assert Record.objects.filter(verb="matters.file_bound").count() == 1
        first.refresh_from_db()
        assert file_of(closed, at.date()).digest == first.digest

        add(in_force, closed, at, "照片.png", picture("PNG"), note="现场照片")
        assert file_of(closed, at.date()).digest != first.digest
        after = bound(in_force, closed, at)
        assert (after.pk, after.pages) == (first.pk, first.pages + 1)
        assert after.digest == file_of(closed, at.date()).digest
        assert not StoredFile.objects.filter(pk=first.file_id).exists()

    def test_left_by_a_killed_worker_is_gone_on_with_by_the_sweep(
        self, closed: Matter, in_force: World, at: datetime, no_office: None
    ) -> None:
        bundle = bind_file(matter=closed, actor=in_force.act("officer_wang"), at=at)
        assert binding._claimed(bundle.pk, at) is not None
        assert binding.bind_waiting(at=at + timedelta(minutes=10)) == 0
        assert binding.bind_waiting(at=at + binding.LEASE) == 1
        bundle.refresh_from_db()
        assert bundle.status == "done"

    def test_that_stops_every_time_is_given_up(self, closed: Matter, in_force: World, at: datetime) -> None:
        bundle = bind_file(matter=closed, actor=in_force.act("officer_wang"), at=at)
        for _ in range(binding.TRIES):
            binding._claimed(bundle.pk, at)
            at += binding.LEASE
        assert binding.bind_waiting(at=at) == 0
        bundle.refresh_from_db()
        assert bundle.status == "failed"
        assert "系统管理员" in bundle.note

    def test_is_for_those_who_file(self, closed: Matter, in_force: World, at: datetime) -> None:
        with pytest.raises(NotAllowed):
            bind_file(matter=closed, actor=in_force.act("handler_second"), at=at)

    def test_says_so_where_no_pdf_is_made(
        self, closed: Matter, in_force: World, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pdf, "available", lambda: "本机不能生成 PDF。")
        with pytest.raises(PdfNotAvailable, match="不能生成"):
            bind_file(matter=closed, actor=in_force.act("officer_wang"), at=at)
