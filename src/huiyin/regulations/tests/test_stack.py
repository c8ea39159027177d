"""Which rule holds on a day when books lie on each other."""

from datetime import date

import pytest

from huiyin.regulations.books import Limit, RuleNotFound, load, shipped_books, stack
from huiyin.regulations.rules import Counts, LadderSpec, Rung

pytestmark = pytest.mark.pure

DAY = date(2026, 3, 2)


def book(code: str, level: str, *, version: str = "1", start: str = "2026-01-01", until: str = "", body: str = ""):
    end = f"until = {until}\n" if until else ""
    header = f'[book]\ncode = "{code}"\ntitle = "{code}"\nissuer = "样本市"\nlevel = "{level}"\n'
    return load(header + f'version = "{version}"\nfrom = {start}\n{end}{body}')


def limit(code: str, count: int, more: str = "") -> str:
    return (
        f'[[limit]]\ncode = "{code}"\ntitle = "限"\ncount = {count}\nunit = "month"\nroll = "forward"\n'
        f'starts_from = "assigned_on"\narticle = "第一条"\nsummary = "限"\n{more}\n'
    )


def outcome(code: str, mark: str) -> str:
    return f'[[outcome]]\ncode = "{code}"\ntitle = "果"\nmark = "{mark}"\narticle = "第二条"\nsummary = "果"\n'


class TestTheMostSpecificBook:
    def test_decides_whatever_the_order_of_loading(self):
        national = book("law", "national", body=limit("SUG_REPLY", 3))
        local = book("ours", "local", body=limit("SUG_REPLY", 2))
        for books in ([national, local], [local, national]):
            rule = stack(books).limit("SUG_REPLY", DAY)
            assert (rule.count, rule.basis.book_code, rule.basis.article) == (2, "ours", "第一条")

    def test_leaves_to_the_wider_one_what_it_does_not_speak_of(self):
        books = [
            book("law", "national", body=limit("SUG_REPLY", 3)),
            book("ours", "local", body=limit("SUG_ASSIST", 1)),
        ]
        assert stack(books).limit("SUG_REPLY", DAY).basis.book_code == "law"

    def test_of_one_level_is_the_one_that_began_later(self):
        books = [
            book("new", "local", start="2026-02-01", body=limit("SUG_REPLY", 1)),
            book("old", "local", body=limit("SUG_REPLY", 2)),
        ]
        assert stack(books).limit("SUG_REPLY", DAY).count == 1
        assert stack(books).limit("SUG_REPLY", date(2026, 1, 15)).count == 2

    def test_may_be_chosen_by_the_office(self):
        books = [
            book("new", "local", start="2026-02-01", body=limit("SUG_REPLY", 1)),
            book("old", "local", body=limit("SUG_REPLY", 2)),
        ]
        assert stack(books, ["new", "old"]).limit("SUG_REPLY", DAY).count == 2

    def test_brings_its_own_letters_and_no_others(self):
        books = [
            book("law", "national", body=outcome("resolved", "A") + outcome("for_reference", "D")),
            book("ours", "local", body=outcome("resolved", "甲")),
        ]
        assert [each.mark for each in stack(books).outcomes(DAY)] == ["甲"]


class TestABookInTime:
    versions = (
        book("law", "national", version="1", start="2020-01-01", body=limit("SUG_REPLY", 6)),
        book("law", "national", version="2", start="2026-02-01", body=limit("SUG_REPLY", 3)),
    )

    def test_gives_way_to_its_next_version_on_the_day_that_one_begins(self):
        rules = stack(self.versions)
        assert rules.limit("SUG_REPLY", date(2026, 1, 31)).basis.book_version == "1"
        assert rules.limit("SUG_REPLY", date(2026, 2, 1)).basis.book_version == "2"

    def test_does_not_come_back_when_its_successor_ends(self):
        short = book("law", "national", version="3", start="2026-02-01", until="2026-03-01")
        with pytest.raises(RuleNotFound):
            stack([self.versions[0], short]).limit("SUG_REPLY", DAY)

    def test_ends_before_its_until(self):
        rules = stack([book("law", "national", until="2026-03-02", body=limit("SUG_REPLY", 3))])
        assert rules.limit("SUG_REPLY", date(2026, 3, 1)).count == 3
        with pytest.raises(RuleNotFound, match="2026年3月2日施行的制度没有规定期限“SUG_REPLY”"):
            rules.limit("SUG_REPLY", DAY)

    def test_may_hold_an_entry_for_part_of_its_time(self):
        rules = stack([book("law", "national", body=limit("SUG_REPLY", 3, "until = 2026-03-01"))])
        assert rules.find(Limit, "SUG_REPLY", date(2026, 2, 28))
        assert not rules.find(Limit, "SUG_REPLY", DAY)


class TestReferences:
    def test_to_a_cap_are_followed_into_the_most_specific_book(self):
        books = [
            book("law", "national", body=limit("SUG_REPLY", 3, 'cap = "SUG_CAP"') + limit("SUG_CAP", 6)),
            book("ours", "local", body=limit("SUG_CAP", 5)),
        ]
        cap = stack(books).limit("SUG_REPLY", DAY).cap
        assert (cap.count, cap.basis.book_code) == (5, "ours")

    def test_that_lead_nowhere_are_named(self):
        redo = '[redo]\ntrigger = "rating"\ndimension = "result"\nlimit = "SUG_REDO"\narticle = "三"\nsummary = "重"\n'
        contact = '[[required_contact]]\ncode = "c"\ntitle = "联"\nkinds = ["meet"]\narticle = "四"\nsummary = "联"\n'
        rules = stack([book("ours", "local", body=limit("SUG_REPLY", 3, 'cap = "NONE"') + contact + redo)])
        told = "\n".join(rules.faults(DAY))
        for word in ("cap“NONE”", "limit“SUG_REDO”", "dimension“result”", "kinds“meet”"):
            assert word in told

    def test_to_a_cap_that_cannot_cap_are_named(self):
        books = [
            book("law", "national", body=limit("SUG_REPLY", 3, 'cap = "SUG_CAP"')),
            book("ours", "local", body=limit("SUG_CAP", 6).replace("assigned_on", "received_on")),
        ]
        assert "starts_from 应相同" in stack(books).faults(DAY)[0]


class TestWhatABookSwitchesOff:
    def test_is_no_longer_required(self):
        paper = '[[required_paper]]\ncode = "letter"\ntitle = "函"\narticle = "五"\nsummary = "函"\n'
        wide, narrow = book("law", "national", body=paper), book("ours", "local", body=paper + "required = false\n")
        assert [each.code for each in stack([wide]).required_papers(DAY)] == ["letter"]
        assert stack([wide, narrow]).required_papers(DAY) == ()


class TestTheSampleCity:
    rules = stack(shipped_books().values())

    def test_has_no_loose_ends_on_any_day_of_its_books(self):
        for day in (date(2019, 7, 1), date(2022, 3, 1), date(2025, 3, 11), DAY):
            assert self.rules.faults(day) == ()

    def test_answers_within_three_months_and_at_latest_six(self):
        rule = self.rules.limit("SUG_REPLY", DAY)
        assert (rule.length, rule.cap.length, rule.extension_allowed) == ("3个月", "6个月", True)

    def test_finds_the_law_of_the_day(self):
        national = stack(book for name, book in shipped_books().items() if name.startswith("national/"))
        assert str(national.limit("SUG_REPLY", date(2022, 3, 1)).basis).endswith("第四十二条")
        assert str(national.limit("SUG_REPLY", DAY).basis).endswith("第五十一条")

    def test_sends_a_letter_down_thirteen_steps(self):
        chain = self.rules.chain("letter", DAY)
        assert [step.label for step in chain.steps] == [
            "拟稿",
            "部门负责人审核",
            "会签",
            "办公室核稿",
            "保密审查",
            "分管副检察长审批",
            "检察长签发",
            "复核",
            "登记取号",
            "用印",
            "印发",
            "送达",
            "归档",
        ]
        assert [step.code for step in chain.steps if step.marks == "signed"] == ["sign"]

    def test_prints_three_letters(self):
        marks = {each.code.value: each.mark for each in self.rules.outcomes(DAY)}
        assert marks == {"resolved": "A", "in_progress": "B", "not_feasible": "C"}
        assert self.rules.outcome("in_progress", DAY).second_reply_required

    def test_keeps_the_seven_steps_four_stages_and_three_classes(self):
        assert [step.title for step in self.rules.steps(DAY)] == (
            ["领导牵头", "立项督办", "专人面商", "阶段汇总", "定期回访", "共性拓展", "系统提升"]
        )
        assert [stage.title for stage in self.rules.stages(DAY)] == ["办前沟通", "办中征询", "办后反馈", "回访跟进"]
        assert [each.approach for each in self.rules.problem_classes(DAY)] == ["立说立行", "建章立制", "循序探索"]

    def test_redoes_within_a_month_when_the_result_did_not_satisfy(self):
        redo = self.rules.redo(DAY)
        assert (redo.trigger, redo.dimension, self.rules.limit(redo.limit, DAY).length) == ("rating", "result", "1个月")
        scale = self.rules.rating_scale(redo.dimension, DAY)
        assert [option.label for option in scale.options if not option.satisfied] == ["不满意"]

    def test_dates_a_department_back_from_the_due_day(self):
        rule = self.rules.department_date(DAY)
        assert (rule.counts, rule.length) == (Counts.BEFORE, "20个工作日")

    def test_reminds_on_the_ladder_and_says_whom(self):
        ladder = self.rules.ladder(DAY)
        assert ladder.spec == LadderSpec(half_way=True, early=7, near=3, last=1)
        assert "deputy_chief" in ladder.told(Rung.EARLY)

    def test_knows_the_rest_of_its_ways(self):
        rules = self.rules
        assert rules.rating(DAY).reminders == 1
        assert rules.assist(DAY).reminders_before_absent == 2
        assert rules.extension(DAY).consent == "assigning_organ"
        assert rules.reply_to(DAY).mode == "each"
        assert rules.revisit(DAY).limit == "SUG_REVISIT"
        assert rules.filing(DAY).by_term
        assert rules.required_papers(DAY)[0].code == "letter"
        assert "face_to_face" in {each.code for each in rules.required_contacts(DAY)}
        assert {"phone", "meet", "visit"} <= {each.code for each in rules.contact_kinds(DAY)}
        assert len(rules.key_criteria(DAY)) == 4
        assert {each.code for each in rules.cadences(DAY)} >= {"symposium", "contact_form", "handling_report"}
        assert rules.targets(DAY) == ()
