"""A register of deputies as the congress office sends it, as an import kind."""

from __future__ import annotations

import io
import uuid

import pytest
from openpyxl import Workbook

from huiyin.audit.models import Record
from huiyin.files.operations import examine
from huiyin.imports.operations import flip, stage
from huiyin.imports.registry import kind_of
from huiyin.imports.workbooks import template
from huiyin.people.deputies_import import CODE, COLUMNS
from huiyin.people.models import Person

HEAD = {"kind": "deputy", "level": "city", "from_on": "2022-01-10", "evidence": "代工委提供的名册"}
NEW = {
    "name": "孙　假名", "sex": "女", "ethnicity": "汉", "birth_year": "1975年3月", "unit_post": "样本市示例中学教师",
    "term": "第十六届", "delegation": "第五代表团", "number": "160088", "phone": "10000001234", "profession": "教育",
    "officer": "连络员",
}  # fmt: skip
ZHANG = {"name": "张示例", "term": "16"}


@pytest.fixture
def staged(world, at):
    """staged(row, …, by=…, from_on=…): a list with these rows, uploaded by 王联络."""

    def act(*rows, by="officer_wang", **head):
        book = Workbook()
        book.active.append([column.label for column in COLUMNS])
        for row in rows:
            book.active.append([row.get(column.field, "") for column in COLUMNS])
        content = io.BytesIO()
        book.save(content)
        header = HEAD | {"body": str(world.bodies["congress"].pk)} | head
        return stage(
            kind=kind_of(CODE), upload=examine(content=content.getvalue(), name="代表名册.xlsx"), header=header,
            request_key=uuid.uuid4(), actor=world.act(by), at=at,
        )  # fmt: skip

    return act


@pytest.fixture
def imported(staged, world, at):
    """Staged and let in at once."""

    def act(*rows, **head):
        batch = staged(*rows, **head)
        return flip(batch=batch, version=batch.version, actor=world.act("officer_wang"), at=at)

    return act


def sentences(batch):
    return [sentence for row in batch.rows.order_by("line") for sentence in row.sentences]


class TestANewRow:
    def test_becomes_a_person_with_mandate_mobile_and_officer(self, imported, world):
        imported(NEW)
        person = Person.objects.get()
        held, point = person.mandates.get(), person.contact_points.get()
        assert (person.name, person.sex, person.ethnicity, person.birth_year) == ("孙假名", "2", "01", 1975)
        assert (held.term, held.delegation, held.number) == (16, "第五代表团", "160088")
        assert held.liaison_officer == world.posts["liaison_officer"]
        assert (point.value, point.evidence) == ("10000001234", "代工委提供的名册")

    def test_keeps_its_mobile_unverified_where_nobody_vouches_for_it(self, imported):
        imported(NEW, evidence="")
        assert Person.objects.get().contact_points.get().verified_at is None

    def test_needs_nothing_but_name_and_term(self, imported):
        imported({"name": "孙假名", "term": "十六"})
        assert Person.objects.get().sex == "0"

    def test_leaves_one_root_record_and_no_clear_mobile(self, imported):
        imported(NEW)
        assert Record.objects.get(verb="imports.flipped").children.filter(verb="people.person_entered").exists()
        assert "10000001234" not in str(list(Record.objects.values()))

    def test_is_kept_encrypted_while_it_waits(self, staged):
        row = staged(NEW).rows.get()
        assert "10000001234" not in str([row.raw, row.parsed, row.changes])
        assert row.values["phone"] == "10000001234"


class TestARowOfAKnownPerson:
    def test_that_says_the_same_is_skipped(self, imported, staged):
        imported(NEW)
        assert staged(NEW).rows.get().verdict == "equal"

    def test_that_says_nothing_leaves_what_the_house_knows(self, staged, deputies):
        assert staged(ZHANG).rows.get().verdict == "equal"

    def test_that_differs_is_shown_and_changed_once_confirmed(self, staged, deputies, world, at):
        said = {"delegation": "第四代表团", "phone": "10000001234", "officer": "王联络", "profession": "教育"}
        batch = staged(ZHANG | said)
        changes = {each["label"]: (each["old"], each["new"]) for each in batch.rows.get().changes}
        assert changes == {
            "代表团": ("第三代表团", "第四代表团"), "手机": ("100****0001", "100****1234"),
            "联络员": ("连络员", "王联络"), "专业": ("（空）", "教育"),
        }  # fmt: skip
        flip(batch=batch, version=batch.version, actor=world.act("officer_wang"), at=at)
        zhang = Person.objects.get(pk=deputies["zhang"].pk)
        held = zhang.mandates.get()
        assert (held.delegation, held.liaison_officer, zhang.profession) == (
            "第四代表团", world.posts["officer_wang"], "教育",
        )  # fmt: skip
        assert zhang.contact_points.get(value__isnull=False).value == "10000001234"

    def test_is_found_though_only_one_side_knows_the_number(self, staged, deputies):
        row = staged(ZHANG | {"number": "160003"}).rows.get()
        assert (row.verdict, row.target_key) == ("changed", str(deputies["zhang"].pk))

    def test_of_the_next_term_gives_the_same_person_a_new_mandate(self, imported):
        imported(NEW)
        imported(NEW | {"term": "17", "number": "170001", "phone": ""}, from_on="2027-01-10")
        person = Person.objects.get()
        before, after = person.mandates.order_by("term")
        assert (before.until_on, before.end_reason) == (after.from_on, "换届")
        assert (after.term, after.number) == (17, "170001")


class TestANamesake:
    def test_with_another_number_is_a_new_person(self, imported, staged):
        imported(NEW)
        other = NEW | {"number": "160099", "phone": "", "birth_year": "1980"}
        assert staged(other).rows.get().verdict == "new"

    def test_that_could_be_either_asks_for_more(self, imported, staged):
        imported(NEW, NEW | {"number": "160099", "phone": "", "birth_year": "1980"})
        [sentence] = sentences(staged({"name": "孙假名", "term": "16"}))
        assert sentence == "第2行“姓名”列：名册上有几位同名的，请在这一行填写证号或者出生年，以便区分。"

    def test_twice_in_one_list_is_one_row_too_many(self, staged):
        assert sentences(staged(NEW, NEW | {"phone": ""})) == ["第3行：与第2行重复，是同一件。请删去其中一行。"]


class TestABadRow:
    def test_says_row_and_column_of_every_fault(self, staged, deputies):
        bad = {
            "name": "孙假名", "term": "本届", "sex": "不详", "ethnicity": "星", "birth_year": "75", "phone": "123",
            "officer": "韦承办", "unit_post": "长" * 121,
        }  # fmt: skip
        found = sentences(staged(bad))
        for label in ("届次", "性别", "民族", "出生年", "手机", "联络员", "单位职务"):
            assert any(sentence.startswith(f"第2行“{label}”列：") for sentence in found), label

    def test_may_not_take_anothers_mobile(self, staged, deputies):
        taken = NEW | {"phone": "10000000001"}
        twice = NEW | {"name": "周占名", "number": "160099"}
        assert sentences(staged(taken, NEW | {"number": "2", "name": "吴占名"}, twice)) == [
            "第2行“手机”列：这个手机号码已经登记在名册上另一位代表委员名下，请核对。",
            "第4行“手机”列：与上面吴占名的手机号码相同，请核对。",
        ]


class TestTheTemplate:
    def test_has_the_columns_of_the_kind(self):
        assert template(kind_of(CODE)).startswith(b"PK")
        assert [column.label for column in COLUMNS] == [
            "姓名", "单位职务", "性别", "民族", "出生年", "届次", "代表团", "证号", "手机", "专业", "联络员",
        ]  # fmt: skip
