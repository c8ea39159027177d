"""The indicators: name, unit, what is counted out of what, and the version of that definition. No Django.

A definition that changes gets the next version; reports issued before keep theirs (docs/how-to/add-an-indicator.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case, Given
from huiyin.statistics.rules.figures import Figure, Unit

Records = tuple[list[int], list[int] | None]
Count = Callable[[Sequence[Case], date], Records]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator. about: what is counted, as a reader is told."""

    code: str
    label: str
    about: str
    count: Count
    unit: Unit = Unit.MATTER
    version: int = 1

    def figure(self, cases: Sequence[Case], day: date, *, code: str = "", label: str = "") -> Figure:
        """The figure over these matters as it stood on the day; code and label of a group, where it is one."""
        counted, of = self.count(counting.known(cases, day), day)
        return Figure(
            code=code or self.code,
            label=label or self.label,
            version=self.version,
            unit=self.unit,
            counted=tuple(counted),
            of=None if of is None else tuple(of),
        )


def _ids(cases: Iterable[Case]) -> list[int]:
    return [case.id for case in cases]


def _all(cases: Sequence[Case], day: date) -> Records:
    return _ids(cases), None


def _those(test: Callable[[Case, date], bool]) -> Count:
    """A plain count of the matters that pass."""
    return lambda cases, day: (_ids(case for case in cases if test(case, day)), None)


def _share(test: Callable[[Case, date], bool], of: Callable[[Case, date], bool] = lambda case, day: True) -> Count:
    """Of the matters asked for, those that pass."""

    def count(cases: Sequence[Case], day: date) -> Records:
        asked = [case for case in cases if of(case, day)]
        return _ids(case for case in asked if test(case, day)), _ids(asked)

    return count


def _settled(test: Callable[[Case, date], bool | None]) -> Count:
    """Of the matters where it is settled, those where it is so."""
    return _share(lambda case, day: test(case, day) is True, lambda case, day: test(case, day) is not None)


def _rated(test: Callable[[Given], bool], *, last: bool) -> Count:
    def count(cases: Sequence[Case], day: date) -> Records:
        given = [each for case in cases for each in counting.ratings(case, day, last=last)]
        return [each.id for each in given if test(each)], [each.id for each in given]

    return count


def _unconfirmed(cases: Sequence[Case], day: date) -> Records:
    return [each.id for case in cases for each in counting.unconfirmed(case, day)], None


def _promised(cases: Sequence[Case], day: date) -> Records:
    return [each.id for case in cases for each in counting.promises(case, day)], None


def _kept(cases: Sequence[Case], day: date) -> Records:
    due = [each for case in cases for each in counting.promises(case, day, due_only=True)]
    return [each.id for each in due if counting.is_kept(each, day)], [each.id for each in due]


def _we_answer(case: Case, day: date) -> bool:
    return case.we_answer


def _we_answered(case: Case, day: date) -> bool:
    return case.we_answer and counting.is_answered(case, day)


def _contact(stage: str) -> Callable[[Case, date], bool]:
    return lambda case, day: counting.was_contacted(case, day, stage=stage)


_TESTS: Final[dict[str, Callable[[Given], bool]]] = {
    "result": lambda each: each.result_well,
    "attitude": lambda each: each.attitude_well,
    "result_fully": lambda each: each.result_fully,
    "attitude_fully": lambda each: each.attitude_fully,
}


def _satisfaction() -> list[Indicator]:
    """Result and attitude, first and last rating, 满意 alone beside 满意 with 基本满意: always with n."""
    found = []
    for what, noun in (("result", "办理结果"), ("attitude", "办理态度")):
        for which, when, last in (("first", "首次评价", False), ("final", "最终评价", True)):
            well, fully = _rated(_TESTS[what], last=last), _rated(_TESTS[f"{what}_fully"], last=last)
            base = f"有书面评价（征询意见表或人大系统）的代表，每人按{when}计一次"
            found += [
                Indicator(
                    code=f"satisfied_{what}_{which}", label=f"{noun}满意率（{when}）", unit=Unit.RATING, count=well,
                    about=f"分母：{base}；分子：其中评为满意或者基本满意的。手机和口头评价未经书面确认的不计。",
                ),
                Indicator(
                    code=f"fully_{what}_{which}", label=f"{noun}评为满意的（{when}）", unit=Unit.RATING, count=fully,
                    about=f"分母：{base}；分子：其中评为满意的，不含基本满意。",
                ),
            ]  # fmt: skip
    return found


INDICATORS: Final = (
    Indicator(code="received", label="收到", count=_all,
              about="期间内交办（收到）我院的建议，含独办、主办、分办和协办；退回交办机关的、提出人撤回的、整件转其他途径办理的不计。",
              version=3),
    Indicator(code="answered", label="已答复", count=_those(counting.is_answered),
              about="截至日前答复函已印发的；协办的，会办意见已印发给主办单位。"),
    Indicator(code="answer_rate", label="办复率", count=_share(counting.is_answered),
              about="分母：收到；分子：已答复。"),
    Indicator(code="closed", label="已办结", count=_those(counting.is_closed), about="截至日前已经办结的。"),
    Indicator(code="closure_rate", label="办结率", count=_share(counting.is_closed),
              about="分母：收到；分子：已办结。"),
    Indicator(code="on_time", label="按期答复率", count=_settled(counting.answered_in_time),
              about="分母：已首次答复的，加上期限已过仍未答复的；分子：首次答复函（会办意见）在期限届满前印发的。"
              "期限按经同意延长后的日期，以印发时刻为准。"),
    Indicator(code="overdue", label="逾期未答复",
              count=_those(lambda case, day: counting.answered_in_time(case, day) is False
                           and not counting.is_answered(case, day)),
              about="截至日期限已过、首次答复仍未印发的。"),
    Indicator(code="in_hand", label="尚在办理", count=_those(lambda case, day: not counting.is_closed(case, day)),
              about="截至日尚未办结的，含已答复等待评价的。"),
    *_satisfaction(),
    Indicator(code="rated", label="参评率", count=_share(lambda case, day: bool(counting.ratings(case, day, last=True)),
                                                       _we_answered),
              about="分母：我院已答复代表的；分子：其中至少有一名代表书面评价的。"),
    Indicator(code="unconfirmed_ratings", label="待书面确认的评价", unit=Unit.RATING, count=_unconfirmed,
              about="手机或者口头评价、同一代表对同一答复还没有书面评价的。"),
    Indicator(code="redone", label="重新办理", count=_those(counting.was_redone),
              about="截至日前因评价不满意或者交办机关要求重新办理的。"),
    Indicator(code="contacted_before", label="办前沟通率", count=_share(_contact("before"), _we_answer),
              about="分母：由我院答复的；分子：办前与代表沟通过的。"),
    Indicator(code="contacted_during", label="办中征询率", count=_share(_contact("during"), _we_answer),
              about="分母：由我院答复的；分子：办理中征询过代表意见的。"),
    Indicator(code="contacted_after", label="办后反馈率", count=_share(_contact("after"), _we_answered),
              about="分母：我院已答复代表的；分子：答复后向代表反馈过的。"),
    Indicator(code="met", label="面商率", about="分母：由我院答复的；分子：当面沟通或者登门走访过的。",
              count=_share(lambda case, day: counting.was_contacted(case, day, modes=counting.IN_PERSON), _we_answer)),
    Indicator(code="first_contact", label="首次联系按期率", count=_settled(counting.met_in_time),
              about="分母：由我院答复、已经联系过或者联系期限已过的；分子：首次联系在期限内的。"),
    Indicator(code="resolved", label="办成率",
              count=_share(lambda case, day: counting.outcome(case, day) == "resolved", _we_answered),
              about="分母：我院已答复代表的；分子：最后一次答复为已经解决或者基本解决的。"),
    Indicator(code="promised", label="承诺事项", unit=Unit.PROMISE, count=_promised,
              about="截至日前印发的答复函中承诺办理的事项。"),
    Indicator(code="promises_kept", label="承诺兑现率", unit=Unit.PROMISE, count=_kept,
              about="分母：承诺完成日已到的事项；分子：其中按承诺日完成的。"),
    Indicator(code="with_court", label="涉法院", count=_those(lambda case, day: counting.with_court(case)),
              about="法院会同办理、主办或者与我院同列承办单位的。"),
    Indicator(code="common", label="共性问题", count=_those(lambda case, day: case.problem_class == "common"),
              about="分类为共性问题的。"),
    Indicator(code="with_court_common", label="涉法院的共性问题",
              count=_those(lambda case, day: counting.with_court(case) and case.problem_class == "common"),
              about="法院也承担办理、分类为共性问题的。"),
    Indicator(code="key", label="重点建议", count=_those(lambda case, day: case.is_key), about="列为重点的。"),
    Indicator(code="gathered", label="归集到共性问题的", about="截至日以前归集到共性问题的。",
              count=_those(lambda case, day: case.gathered_on is not None and case.gathered_on <= day)),
    Indicator(code="institutionalised", label="已建章立制的", about="所属共性问题截至日以前形成制度文件的。",
              count=_those(lambda case, day: any(rule.dated_on <= day for rule in case.rules))),
    Indicator(code="urgent", label="紧急建议", count=_those(lambda case, day: case.is_urgent), about="加急办理的。"),
)  # fmt: skip
BY_CODE: Final = {each.code: each for each in INDICATORS}
assert len(BY_CODE) == len(INDICATORS) == len({each.label for each in INDICATORS})
