"""Rule books at the desk: read, loaded, approved with the moved dates in sight; calendar and calculator."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.support.history import registered
from tests.support.visit import visit

from huiyin.audit.models import Record
from huiyin.regulations.models import CalendarYear, RuleBookVersion, StackEntry
from huiyin.regulations.operations import load_book, load_year, put_in_force, recompute_waiting
from huiyin.regulations.tests.texts import book_text

YEAR = "年份,类别,名称,日期\n2027,放假,元旦,2027-01-01\n"


@pytest.fixture(autouse=True)
def thursday(at):
    """The clock of the faces stands at 5 March 2026."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def waiting(in_force, at) -> RuleBookVersion:
    """Officer Wang's book, which nobody has approved yet."""
    return load_book(text=book_text(), file="own.toml", actor=in_force.act("officer_wang"), at=at)


def url(name: str, *args) -> str:
    return reverse(f"desk:books:{name}", args=args)


class TestTheListOfBooks:
    def test_shows_the_stack_of_the_office_the_most_specific_first(self, in_force, as_):
        page = visit(as_("handler_first"), url("list")).content.decode()

        places = [page.index(title) for title in ("样本市检察机关办理代表建议工作细则", "七步落实工作办法", "代表法")]
        assert places == sorted(places)
        assert "未核对" in page

    def test_shows_what_waits_for_approval(self, waiting, as_):
        page = visit(as_("office_head"), url("list")).content.decode()
        assert "等待批准" in page
        assert url("detail", waiting.pk) in page

    def test_says_so_where_no_book_holds(self, world, as_):
        assert "还没有现行的制度" in visit(as_("officer_province"), url("list")).content.decode()


class TestTheBook:
    def test_shows_limits_chains_and_every_other_rule(self, in_force, as_):
        version = RuleBookVersion.objects.get(book__code="sample_city")
        page = visit(as_("handler_first"), url("detail", version.pk)).content.decode()

        for said in ("自收到之日起5个工作日", "检察长签发", "字母A", "期限过半", "第三条", "每半年至少1次"):
            assert said in page

    def test_says_which_book_decides_instead(self, in_force, as_):
        version = RuleBookVersion.objects.get(book__code="liaison_rules")
        page = visit(as_("handler_first"), url("detail", version.pk)).content.decode()
        assert "本院现按《样本市检察机关办理代表建议工作细则（示例）》执行" in page

    def test_names_who_loaded_and_who_approved(self, in_force, as_):
        version = RuleBookVersion.objects.get(book__code="sample_city")
        page = visit(as_("handler_first"), url("detail", version.pk)).content.decode()
        assert in_force.posts["office_head"].label in page

    def test_opens_for_every_shipped_book(self, in_force, as_):
        for version in RuleBookVersion.objects.all():
            visit(as_("chief"), url("detail", version.pk))

    def test_gives_the_text_as_it_was_loaded(self, waiting, as_):
        answer = as_("handler_first").get(url("text", waiting.pk))
        assert answer.content.decode() == book_text()
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_keeps_an_offices_own_book_from_other_offices(self, waiting, as_):
        assert as_("officer_li").get(url("detail", waiting.pk)).status_code == 404


class TestLoading:
    def test_takes_a_file_and_shows_what_would_change(self, in_force, as_):
        client = as_("officer_wang")
        visit(client, url("load"))
        upload = SimpleUploadedFile("own.toml", book_text().encode())
        answer = client.post(url("load"), {"file": upload})

        version = RuleBookVersion.objects.get(book__code="own_rules")
        assert answer.headers["Location"] == url("moves", version.pk)

    def test_names_every_fault_and_keeps_the_text(self, in_force, as_):
        faulty = book_text().replace('unit = "working_day"', 'unit = "fortnight"').replace('article = "第一条"\n', "")
        answer = as_("officer_wang").post(url("load"), {"file": SimpleUploadedFile("own.toml", faulty.encode())})

        page = answer.content.decode()
        assert (answer.status_code, "请改正以下2处" in page, "fortnight" in page) == (422, True, True)
        assert Record.objects.get(result="refused").facts["code"] == "regulations.book_faulty"
        assert not RuleBookVersion.objects.filter(book__code="own_rules").exists()

    def test_takes_the_corrected_text_from_the_field(self, in_force, as_):
        as_("officer_wang").post(url("load"), {"text": book_text(), "name": "own.toml"})
        assert RuleBookVersion.objects.get(book__code="own_rules").file == "own.toml"

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("own.docx", b"PK\x03\x04", "只接受 .toml"),
            ("own.toml", "制度".encode("gb18030"), "UTF-8"),
            ("own.toml", b"x" * 600_000, "500 KB"),
            ("own.toml", b"[book]\x00", "TOML"),
            ("own.toml", b"", "空"),
        ],
    )
    def test_refuses_what_is_no_rule_book_with_a_sentence(self, in_force, as_, name, content, said):
        answer = as_("officer_wang").post(url("load"), {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_is_closed_to_a_handler(self, in_force, as_):
        assert as_("handler_first").get(url("load")).status_code == 403


class TestApproving:
    def test_shows_the_differences_from_the_version_in_force(self, in_force, waiting, as_, at):
        put_in_force(version=waiting, actor=in_force.act("office_head"), at=at)
        second = book_text(version="2", start="2026-03-01", count=9)
        version = load_book(text=second, file="own.toml", actor=in_force.act("officer_wang"), at=at)

        page = visit(as_("office_head"), url("moves", version.pk)).content.decode()

        assert "与1版的差别" in page
        assert "期限“告知代表”" in page
        assert "<del>5</del>" in page
        assert "<ins>9</ins>" in page

    def test_puts_the_book_in_force_for_the_second_person(self, waiting, as_):
        client = as_("office_head")
        answer = client.post(url("put_in_force", waiting.pk), follow=True)

        waiting.refresh_from_db()
        assert waiting.status == "in_force"
        assert "已批准施行" in answer.content.decode()

    def test_offers_the_loader_nothing_to_approve(self, waiting, as_):
        page = visit(as_("officer_wang"), url("moves", waiting.pk)).content.decode()
        assert "必须是两个人" in page
        assert url("put_in_force", waiting.pk) not in page

    def test_refuses_the_loader_who_posts_anyway(self, waiting, as_):
        assert as_("officer_wang").post(url("put_in_force", waiting.pk)).status_code == 403
        waiting.refresh_from_db()
        assert waiting.status == "loaded"

    def test_tells_the_second_of_two_clicks(self, waiting, as_):
        client = as_("office_head")
        client.post(url("put_in_force", waiting.pk))
        answer = client.post(url("put_in_force", waiting.pk), follow=True)
        assert "不再等待批准" in answer.content.decode()

    def test_asks_for_the_reason_of_a_no(self, waiting, as_):
        client = as_("office_head")
        answer = client.post(url("refuse", waiting.pk), {"note": ""})
        assert answer.status_code == 422

        client.post(url("refuse", waiting.pk), {"note": "条号有误"})
        waiting.refresh_from_db()
        assert (waiting.status, waiting.note) == ("refused", "条号有误")


class TestChoosingBooks:
    def test_orders_the_books_by_their_numbers(self, in_force, as_):
        client = as_("office_head")
        visit(client, url("stack"))
        books = [entry.book for entry in StackEntry.objects.filter(procuratorate=in_force.city)]
        places = {f"book_{book.pk}": place for place, book in enumerate(books, start=1)}

        assert client.post(url("stack"), places).status_code == 302

        chosen = StackEntry.objects.filter(procuratorate=in_force.city)
        assert [entry.book for entry in chosen] == list(reversed(books))

    def test_refuses_one_number_for_two_books(self, in_force, as_):
        books = [entry.book for entry in StackEntry.objects.filter(procuratorate=in_force.city)]
        answer = as_("office_head").post(url("stack"), {f"book_{book.pk}": 1 for book in books})
        assert answer.status_code == 422
        assert "同一个顺序号" in answer.content.decode()

    def test_shows_first_which_rules_and_which_open_dates_would_change(self, in_force, as_, at, deputies):
        matter = registered(in_force, at)
        strict = book_text(limit="SUG_REPLY", count=10, start="2026-03-01").replace("received_on", "assigned_on")
        book = load_book(text=strict, file="own.toml", actor=in_force.act("officer_wang"), at=at)
        put_in_force(version=book, actor=in_force.act("office_head"), at=at)
        recompute_waiting(at=at)
        entries = StackEntry.objects.filter(procuratorate=in_force.city).exclude(book=book.book).order_by("-position")
        asked = {f"book_{entry.book_id}": place for place, entry in enumerate(entries, start=1)}

        client = as_("office_head")
        page = visit(client, f"{url('stack_ahead')}?{urlencode(asked)}")

        text = page.content.decode()
        assert [(row.number, row.new_on) for row in page.context["ahead"].rows] == [(matter.number, date(2026, 6, 2))]
        assert "自交办之日起10个工作日内" in text
        assert "自交办之日起3个月内" in text
        assert StackEntry.objects.filter(procuratorate=in_force.city, book=book.book).exists()
        assert client.get(url("stack_ahead"), dict.fromkeys(asked, "")).status_code == 422
        assert "不能用同一个顺序号" in client.get(url("stack_ahead"), dict.fromkeys(asked, "1")).content.decode()

    def test_looks_ahead_a_bounded_part_at_a_time(self, in_force, as_, at, deputies, monkeypatch):
        registered(in_force, at)
        monkeypatch.setattr("huiyin.matters.operations.recompute.PREVIEW_REACH", 2)
        entry = StackEntry.objects.filter(procuratorate=in_force.city).first()
        client = as_("office_head")
        asked, seen = f"{url('stack_ahead')}?book_{entry.book_id}=1", 0
        first = client.get(asked).context["ahead"]
        assert (first.examined, first.total > first.examined, first.before) == (2, True, 0)
        part = first
        while part.following:
            seen += part.examined
            part = client.get(f"{asked}&cursor={part.following}").context["ahead"]
        assert part.reached == first.total == seen + part.examined
        assert client.get(f"{asked}&cursor=x:y:z").context["ahead"] == first


class TestTheLibrary:
    def test_lists_the_places_and_loads_one_without_a_file(self, in_force, as_):
        client = as_("officer_wang")
        page = visit(client, url("library")).content.decode()
        assert "重庆市人民代表大会代表建议批评和意见工作条例" in page

        answer = client.post(url("take"), {"name": "places/chongqing_2018.toml"})

        version = RuleBookVersion.objects.get(book__code="chongqing_suggestions")
        assert answer.headers["Location"] == url("moves", version.pk)
        assert version.status == "loaded"
        again = client.post(url("take"), {"name": "places/chongqing_2018.toml"}, follow=True)
        assert "不必重复装入" in again.content.decode()
        assert client.post(url("take"), {"name": "places/../x.toml"}).status_code == 404
        assert as_("handler_first").post(url("take"), {"name": version.file}).status_code == 403

    def test_sets_the_places_side_by_side_with_their_articles(self, in_force, as_):
        page = visit(as_("handler_first"), url("compare"))
        rows = {row.label: {cell.column: cell for cell in row.cells} for row in page.context["rows"]}
        answers = {name: cell.text for name, cell in rows["不属本院职责，多久退回"].items()}
        assert (answers["青岛市"], answers["北京市"]) == ("自收到之日起5个工作日内", "未作规定")
        assert not rows["不属本院职责，多久退回"]["青岛市"].differs
        assert rows["不属本院职责，多久退回"]["重庆市"].differs
        assert "第十六条" in rows["不属本院职责，多久退回"]["重庆市"].bases[0]
        some = as_("handler_first").get(url("compare"), {"place": "henan_suggestions"})
        assert [column.label for column in some.context["columns"]] == ["本院现行", "河南省"]


class TestRecomputing:
    def test_shows_how_far_it_is_and_goes_on_from_there(self, in_force, as_, at, deputies, monkeypatch):
        recompute_waiting(at=at)
        registered(in_force, at)
        monkeypatch.setattr("huiyin.matters.operations.recompute.CHUNK", 1)
        load_year(text=YEAR, file="2027.csv", source="虚构的通知", actor=in_force.act("officer_wang"), at=at)
        client = as_("handler_first")
        assert client.get(url("recomputations")).context["rows"][0].reached == 0

        recompute_waiting(at=at, most_steps=2)
        row = visit(client, url("recomputations")).context["rows"][0]
        assert (row.reached, row.total > 2, row.done_at) == (2, True, None)

        recompute_waiting(at=at)
        page = visit(client, url("recomputations")).content.decode()
        assert "2027年放假安排公布" in page
        assert "<progress" not in page


class TestTheCalendar:
    def test_shows_holidays_and_make_up_days(self, in_force, as_):
        page = visit(as_("handler_first"), url("calendar") + "?year=2026").content.decode()
        assert "春节" in page
        assert "调休上班" in page
        assert "个工作日" in page

    def test_calls_the_dates_of_an_unpublished_year_provisional(self, in_force, as_):
        page = visit(as_("handler_first"), url("calendar") + "?year=2027").content.decode()
        assert "2027年放假安排未公布，期限为暂定" in page

    @pytest.mark.parametrize("asked", ["", "abc", "99999", "1", "２０２６", "-2026"])
    def test_shows_this_year_for_anything_odd(self, in_force, as_, asked):
        page = as_("handler_first").get(url("calendar"), {"year": asked})
        assert page.context["year"] == 2026

    def test_takes_in_a_new_year(self, in_force, as_):
        client = as_("officer_wang")
        visit(client, url("load_year"))
        client.post(url("load_year"), {"text": YEAR, "source": "虚构的通知"})
        assert CalendarYear.objects.get(year=2027).source == "虚构的通知"

    def test_names_the_faults_of_a_file_and_keeps_it(self, in_force, as_):
        upload = SimpleUploadedFile("2027.csv", YEAR.replace("放假,元旦", "休息,元旦").encode())
        answer = as_("officer_wang").post(url("load_year"), {"file": upload, "source": "虚构的通知"})
        page = answer.content.decode()
        assert "类别“休息”" in page
        assert "2027,休息,元旦,2027-01-01" in page

    def test_keeps_an_uploaded_file_when_something_else_is_missing(self, in_force, as_):
        upload = SimpleUploadedFile("2027.csv", YEAR.encode())
        answer = as_("officer_wang").post(url("load_year"), {"file": upload, "source": ""})
        assert "2027,放假,元旦,2027-01-01" in answer.content.decode()


class TestTheCalculator:
    def test_says_which_day_and_why(self, in_force, as_):
        asked = f"{url('calculate')}?limit=SUG_REPLY&start=2025-11-21"
        page = visit(as_("handler_first"), asked)

        assert page.context["due"].due_on == date(2026, 2, 24)
        html = page.content.decode()
        assert "为什么是这一天" in html
        assert "春节" in html

    def test_marks_a_day_in_an_unpublished_year_as_provisional(self, in_force, as_):
        page = visit(as_("handler_first"), f"{url('calculate')}?limit=SUG_REPLY&start=2026-12-01")
        assert "暂定" in page.content.decode()

    @pytest.mark.parametrize(
        "asked", ["limit=NOTHING&start=2026-03-05", "limit=SUG_REPLY&start=9999-12-31", "limit=SUG_REPLY&start=x"]
    )
    def test_answers_nonsense_with_a_sentence(self, in_force, as_, asked):
        page = as_("handler_first").get(f"{url('calculate')}?{asked}")
        assert page.status_code == 200
        assert page.context["form"].errors
