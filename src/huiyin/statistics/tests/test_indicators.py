"""What is counted, by hand beside the machine."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.statistics.rules.facts import Answer, Case, Contact, Given, Part, Promise, TimeLimit
from huiyin.statistics.rules.groups import all_figures, figure_of, grouped
from huiyin.statistics.rules.indicators import BY_CODE, INDICATORS
from huiyin.statistics.rules.tables import _state

pytestmark = pytest.mark.pure
HERE = ZoneInfo("Asia/Shanghai")
END = date(2026, 12, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def limit(due: str, **more: Any) -> TimeLimit:
    """SUG_REPLY due on a day, late from the midnight after it."""
    due_on = date.fromisoformat(due)
    late = datetime.combine(due_on + timedelta(days=1), datetime.min.time(), tzinfo=HERE)
    usual = {"code": "SUG_REPLY", "starts_on": date(2026, 3, 2), "due_on": due_on, "late_from": late}
    return TimeLimit(**usual | more)


def answer(moment: str, **more: Any) -> Answer:
    when = at(moment)
    return Answer(**{"id": 1, "issued_on": when.date(), "issued_at": when, "outcome": "resolved"} | more)


def case(key: int, **more: Any) -> Case:
    usual = {
        "id": key, "number": f"1620{key:02d}", "received_on": date(2026, 3, 3), "assigned_on": date(2026, 3, 2),
        "answer_limit": "SUG_REPLY", "redo_limit": "SUG_REDO", "first_contact_limit": "SUG_FIRST_CONTACT",
    }  # fmt: skip
    return Case(**usual | more)


def value(code: str, *cases: Case, day: date = END) -> str:
    return BY_CODE[code].figure(cases, day).value


class TestOnTime:
    @pytest.mark.parametrize(
        ("issued", "text"),
        [
            ("2026-06-02 23:59", "100%（1/1）"),
            ("2026-06-03 00:00", "0%（0/1）"),
            ("2026-06-03 00:01", "0%（0/1）"),
        ],
    )
    def test_ends_with_the_day_it_is_due(self, issued, text):
        assert value("on_time", case(1, limits=(limit("2026-06-02"),), answers=(answer(issued),))) == text

    def test_counts_what_is_late_and_unanswered_and_leaves_out_what_has_time(self):
        late = case(1, limits=(limit("2026-06-02"),))
        running = case(2, limits=(limit("2026-09-01"),))
        answered = case(3, limits=(limit("2026-09-01"),), answers=(answer("2026-06-01 10:00"),))
        without = case(4)
        day = date(2026, 6, 3)
        figure = BY_CODE["on_time"].figure([late, running, answered, without], day)
        assert (figure.value, figure.counted, figure.of) == ("50%（1/2）", (3,), (1, 3))
        assert BY_CODE["overdue"].figure([late, running, answered], day).counted == (1,)
        assert value("on_time", late, day=date(2026, 6, 2)) == "—（n=0）"  # the day it is due is not over yet

    def test_is_decided_by_the_first_answer_whatever_comes_of_the_second(self):
        redone = case(
            1, round=2, limits=(limit("2026-06-02"), limit("2026-08-01", code="SUG_REDO", round=2)),
            answers=(answer("2026-06-01 10:00"), answer("2026-09-01 10:00", id=2, round=2)),
        )  # fmt: skip
        assert value("on_time", redone) == "100%（1/1）"

    def test_cannot_be_missed_where_the_clock_stands(self):
        stands = case(1, limits=(limit("2026-06-02", late_from=None),), answers=(answer("2026-09-01 10:00"),))
        assert value("on_time", stands) == "100%（1/1）"


class TestSatisfaction:
    def rated(self, **more: Any) -> Given:
        return Given(**{"id": 1, "signer": 1, "rated_on": date(2026, 6, 10)} | more)

    def test_keeps_the_first_and_the_last_apart(self):
        first = self.rated(result_well=False, result_fully=False)
        second = self.rated(id=2, round=2, rated_on=date(2026, 8, 1), result_fully=False)
        redone = case(1, ratings=(first, second))
        assert value("satisfied_result_first", redone) == "0%（0/1）"
        assert value("satisfied_result_final", redone) == "100%（1/1）"
        assert value("fully_result_final", redone) == "0%（0/1）"
        assert value("satisfied_result_final", redone, day=date(2026, 7, 31)) == "0%（0/1）"

    def test_counts_every_signer_once_by_the_weightiest_source(self):
        form = self.rated(id=3, rank=0)
        system = self.rated(id=4, rank=1, result_well=False)
        other = self.rated(id=5, signer=2)
        figure = BY_CODE["satisfied_result_final"].figure([case(1, ratings=(system, form, other))], END)
        assert (figure.value, figure.of) == ("100%（2/2）", (3, 5))

    def test_leaves_out_what_is_not_confirmed_and_says_how_many(self):
        phone = self.rated(on_record=False, rank=2)
        assert value("satisfied_result_final", case(1, ratings=(phone,))) == "—（n=0）"
        assert value("unconfirmed_ratings", case(1, ratings=(phone,))) == "1"
        signed = self.rated(id=2)
        assert value("unconfirmed_ratings", case(1, ratings=(phone, signed))) == "0"

    def test_knows_none_of_ours_where_we_only_assist(self):
        assert value("satisfied_result_final", case(1, role="assist", ratings=(self.rated(),))) == "—（n=0）"


class TestContacts:
    def test_are_counted_by_stage_out_of_what_we_answer(self):
        before = Contact(id=1, stage="before", mode="phone", happened_on=date(2026, 3, 10))
        visit = Contact(id=2, stage="during", mode="visit", happened_on=date(2026, 4, 10))
        cases = [case(1, contacts=(before, visit)), case(2), case(3, role="assist")]
        assert value("contacted_before", *cases) == "50%（1/2）"
        assert value("met", *cases) == "50%（1/2）"
        assert value("met", *cases, day=date(2026, 4, 9)) == "0%（0/2）"
        assert value("contacted_after", *cases) == "—（n=0）"

    def test_come_first_in_time_or_late(self):
        due = limit("2026-03-31", code="SUG_FIRST_CONTACT")
        early = Contact(id=1, stage="before", mode="phone", happened_on=date(2026, 3, 31))
        late = Contact(id=1, stage="before", mode="phone", happened_on=date(2026, 4, 1))
        cases = [
            case(1, limits=(due,), contacts=(early,)),
            case(2, limits=(due,), contacts=(late,)),
            case(3, limits=(due,)),
        ]
        assert value("first_contact", *cases) == "33.3%（1/3）"


class TestPromises:
    def test_are_kept_by_their_day(self):
        def promise(key: int, due: str, done: str | None) -> Promise:
            return Promise(
                id=key, given_on=date(2026, 5, 1), promised_on=date.fromisoformat(due),
                done_on=date.fromisoformat(done) if done else None,
            )  # fmt: skip

        made = (
            promise(1, "2026-09-30", "2026-09-30"), promise(2, "2026-09-30", "2026-10-01"),
            promise(3, "2026-09-30", None), promise(4, "2027-06-30", None),
        )  # fmt: skip
        assert value("promised", case(1, promises=made)) == "4"
        assert value("promises_kept", case(1, promises=made)) == "33.3%（1/3）"
        assert value("promised", case(1, promises=made), day=date(2026, 4, 30)) == "0"


class TestTheCourt:
    def test_has_a_part_as_organ_or_beside_us_on_the_list(self):
        organ = case(1, role="lead", parts=(Part(role="assist", name="样本市中级人民法院", is_court=True),))
        listed = case(2, role="assist", other_units="样本市中级人民法院、", problem_class="common")
        assert value("with_court", organ, listed, case(3)) == "2"
        assert value("with_court_common", organ, listed, case(3)) == "1"


class TestClosing:
    def test_is_counted_from_its_day_on(self):
        closed = case(1, closed_on=date(2026, 6, 30))
        assert value("closure_rate", closed, case(2)) == "50%（1/2）"
        assert value("closure_rate", closed, case(2), day=date(2026, 6, 29)) == "0%（0/2）"
        assert value("in_hand", closed, case(2)) == "1"

    def test_counts_nothing_before_it_came(self):
        assert value("closure_rate", case(1), day=date(2026, 3, 2)) == "—（n=0）"


class TestGroups:
    def test_put_a_matter_of_two_departments_into_both(self):
        both = case(
            1,
            parts=(
                Part(role="separate", department=1, name="一部"),
                Part(role="separate", department=2, name="未检部"),
            ),
        )
        assisted = case(2, role="assist", parts=(Part(role="assist", department=2, name="未检部"),))
        with_help = case(
            3, parts=(Part(role="lead", department=1, name="一部"), Part(role="assist", department=2, name="未检部"))
        )
        groups = grouped([both, assisted, with_help, case(4)], "department", END)
        assert [(group.label, [each.id for each in group.cases]) for group in groups] == [
            ("一部", [1, 3]), ("未检部", [1, 2]), ("尚未交办", [4]),
        ]  # fmt: skip

    def test_tell_why_something_was_not_settled(self):
        why = answer("2026-05-18 10:00", outcome="not_feasible", reason="legal_basis", reason_title="法律依据尚不充分")
        (group,) = grouped([case(1, answers=(why,)), case(2)], "reason", END)
        assert (group.key, group.label, len(group.cases)) == ("legal_basis", "法律依据尚不充分", 1)

    def test_name_the_outcome_with_the_letter_that_was_printed(self):
        answered = case(1, answers=(answer("2026-05-20 10:00", mark="A"),))
        assert [group.label for group in grouped([answered, case(2)], "outcome", END)] == ["已经解决或者基本解决（A）"]

    @pytest.mark.parametrize(
        "code", ["", "nothing", "received@role", "received@nothing=1", "received@role=boss", "a" * 99]
    )
    def test_are_not_found_by_a_wrong_code(self, code):
        assert figure_of(code, [case(1)], END) is None


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def cases(draw: Any) -> list[Case]:
    """Matters with anything in any order."""
    found = []
    for key in range(draw(st.integers(0, 6))):
        found.append(
            case(
                key, role=draw(st.sampled_from(["sole", "lead", "assist", "separate"])), received_on=draw(DAYS),
                closed_on=draw(st.none() | DAYS), round=draw(st.integers(1, 3)),
                problem_class=draw(st.sampled_from(["", "common", "individual", "long_term"])),
                limits=(limit(draw(DAYS).isoformat()),) if draw(st.booleans()) else (),
                answers=tuple(answer(f"{draw(DAYS)} 10:00", id=n, round=n) for n in range(1, draw(st.integers(1, 3)))),
                ratings=tuple(
                    Given(id=key * 10 + n, signer=draw(st.integers(1, 2)), round=draw(st.integers(1, 2)),
                          rated_on=draw(DAYS), on_record=draw(st.booleans()), result_well=draw(st.booleans()))
                    for n in range(draw(st.integers(0, 3)))
                ),
            )
        )  # fmt: skip
    return found


class TestEveryFigure:
    @given(cases(), DAYS)
    def test_counts_no_record_twice_and_none_outside_its_whole(self, made, day):
        for figure in all_figures(made, day).values():
            assert len(set(figure.counted)) == len(figure.counted)
            if figure.of is not None:
                assert set(figure.counted) <= set(figure.of)
                assert len(set(figure.of)) == len(figure.of)

    @given(cases(), DAYS)
    def test_is_found_again_by_its_code(self, made, day):
        for code, figure in all_figures(made, day).items():
            assert figure_of(code, made, day) == figure

    @given(cases(), DAYS)
    def test_adds_up_over_roles_and_classes(self, made, day):
        figures = all_figures(made, day)
        for indicator in ("received", "closed", "answered"):
            for dimension in ("role", "kind", "problem_class", "session"):
                parts = [each.n for code, each in figures.items() if code.startswith(f"{indicator}@{dimension}=")]
                assert sum(parts) == figures[indicator].n

    @given(cases(), DAYS, DAYS)
    def test_of_a_day_does_not_change_by_what_comes_later(self, made, day, later):
        """What is dated after the day may as well not be there."""
        seen = [
            Case(**{**vars(each), "answers": tuple(a for a in each.answers if a.issued_on <= day),
                    "ratings": tuple(r for r in each.ratings if r.rated_on <= day),
                    "closed_on": each.closed_on if each.closed_on and each.closed_on <= day else None})
            for each in made if each.received_on <= day
        ]  # fmt: skip
        assert all_figures(seen, day) == all_figures(made, day)

    def test_says_what_it_counts(self):
        assert all(each.about.endswith("。") and each.version >= 1 for each in INDICATORS)


class TestTheStateOfAMatter:
    def test_says_that_a_day_in_a_year_without_holidays_is_provisional(self):
        open_case = case(1, limits=(limit("2027-02-08", provisional=True),))
        assert _state(open_case, END) == "2027-02-08到期（暂定）"
        assert _state(case(2, limits=(limit("2026-12-31"),)), END) == "2026-12-31到期"


class TestTheOpinionsOf2022:
    def test_are_ten_of_our_own_and_sixteen_shared_with_the_court_beside_three_suggestions(self):
        day, court = date(2022, 3, 1), "市法院"
        own = [Case(id=10 + n, kind="opinion", received_on=day, assigned_on=day) for n in range(10)]
        shared = [
            Case(
                id=40 + n,
                kind="opinion",
                received_on=day,
                assigned_on=day,
                problem_class="common",
                other_units=court,
            )
            for n in range(16)
        ]
        three = [Case(id=n, received_on=day, assigned_on=day) for n in (1, 2, 3)]
        figures = all_figures([*three, *own, *shared], day)
        counted = {code: figures[code].value for code in ("received@kind=suggestion", "received@kind=opinion")}
        assert counted == {"received@kind=suggestion": "3", "received@kind=opinion": "26"}
        assert (figures["with_court"].value, figures["with_court_common"].value) == ("16", "16")
