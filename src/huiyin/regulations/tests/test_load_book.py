"""Loading a text: checked, kept, waiting for a second person."""

from __future__ import annotations

import pytest

from huiyin.audit.models import Record
from huiyin.organisations.permissions import NotAllowed
from huiyin.regulations.books import BookFaulty, load, shipped_texts
from huiyin.regulations.models import RuleBook, RuleBookVersion
from huiyin.regulations.operations import BookTaken, TextKnown, load_book, load_shipped_books, put_in_force
from huiyin.regulations.tests.texts import book_text


class TestLoadBook:
    def test_keeps_the_text_and_waits_for_approval(self, world, at):
        version = load_book(text=book_text(), file="own.toml", actor=world.act("officer_wang"), at=at)

        assert (version.status, version.approved_by) == ("loaded", "")
        assert version.loaded_label == world.posts["officer_wang"].label
        assert load(version.text) == load(book_text())
        assert version.book.procuratorate == world.city  # level 本院: its own book

    def test_leaves_one_record_with_the_digest(self, world, at):
        version = load_book(text=book_text(), file="own.toml", actor=world.act("officer_wang"), at=at)

        record = Record.objects.get()
        assert (record.verb, record.facts["sha256"]) == ("regulations.book_loaded", version.sha256)

    def test_shares_a_book_of_a_wider_level_with_everyone(self, world, at):
        text = book_text(level="provincial")
        version = load_book(text=text, file="own.toml", actor=world.act("officer_wang"), at=at)
        assert version.book.procuratorate is None

    def test_names_every_fault_and_keeps_nothing(self, world, at):
        faulty = book_text().replace('unit = "working_day"', 'unit = "fortnight"').replace('article = "第一条"\n', "")
        with pytest.raises(BookFaulty) as refusal:
            load_book(text=faulty, file="own.toml", actor=world.act("officer_wang"), at=at)

        assert len(refusal.value.sentences) >= 2
        assert not RuleBook.objects.exists()

    def test_refuses_the_same_text_again(self, world, at):
        load_book(text=book_text(), file="own.toml", actor=world.act("officer_wang"), at=at)
        with pytest.raises(TextKnown, match="已经装入"):
            load_book(text=book_text(), file="again.toml", actor=world.act("officer_wang"), at=at)

    def test_refuses_a_second_text_while_the_first_waits(self, world, at):
        load_book(text=book_text(), file="own.toml", actor=world.act("officer_wang"), at=at)
        with pytest.raises(TextKnown, match="等待批准"):
            load_book(text=book_text(count=6), file="own.toml", actor=world.act("officer_wang"), at=at)

    def test_asks_for_a_new_version_number_once_the_old_one_holds(self, world, at):
        version = load_book(text=book_text(), file="own.toml", actor=world.act("officer_wang"), at=at)
        put_in_force(version=version, actor=world.act("office_head"), at=at)
        with pytest.raises(TextKnown, match="新的版本号"):
            load_book(text=book_text(count=6), file="own.toml", actor=world.act("officer_wang"), at=at)

    def test_refuses_the_code_of_another_offices_book(self, world, at):
        load_book(text=book_text(), file="own.toml", actor=world.act("officer_wang"), at=at)
        with pytest.raises(BookTaken, match="样本市人民检察院"):
            load_book(text=book_text(version="2"), file="own.toml", actor=world.act("officer_li"), at=at)

    def test_refuses_a_post_without_the_right(self, world, at):
        with pytest.raises(NotAllowed):
            load_book(text=book_text(), file="own.toml", actor=world.act("handler_first"), at=at)


class TestLoadShippedBooks:
    def test_loads_all_of_them_the_national_ones_first(self, world, at):
        versions = load_shipped_books(at=at)

        assert len(versions) == len(list(shipped_texts()))
        levels = [version.book.level for version in versions]
        assert levels == sorted(levels, key=lambda level: level != "national")
        assert {version.status for version in versions} == {"loaded"}

    def test_loads_nothing_twice(self, world, at):
        load_shipped_books(at=at)
        assert load_shipped_books(at=at) == []
        assert RuleBookVersion.objects.count() == len(list(shipped_texts()))
