"""逐件办理情况: one matter in a paragraph, from who brought it to what came of it. No Django."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from huiyin.kernel.numerals import document_date
from huiyin.matters.rules import HANDLER_ROLE_LABELS, OUTCOME_LABELS, HandlerRole, Outcome
from huiyin.statistics.rules import counting
from huiyin.statistics.rules.facts import Case, Promise
from huiyin.statistics.rules.tables import departments_of

_BRACKETS: Final = str.maketrans("【】", "〔〕")


def plain_words(text: str) -> str:
    """Words of others without the marks that name figures."""
    return text.translate(_BRACKETS)


def paragraph_of(case: Case, day: date, noun: str) -> str:
    """The matter as it stood on the day. noun: 代表建议, 政协提案."""
    head = f"{case.numbered}{noun[-2:]}《{plain_words(case.title)}》"
    sentences = [head + _brought(case, noun), *_handling(case, day), *_ending(case, day)]
    return "".join(f"{each}。" for each in sentences)


def _brought(case: Case, noun: str) -> str:
    if not case.proposers:
        return ""
    title = "代表" if noun.startswith("代表") else ""
    first = plain_words(case.proposers[0])
    count = len(case.proposers)
    return f"，{first}等{count}名{title}提出" if count > 1 and title else f"，{first}{title}提出"


def _handling(case: Case, day: date) -> Iterator[str]:
    role = HANDLER_ROLE_LABELS[HandlerRole(case.role)]
    led = f"，{case.leader_name}领衔" if case.leader_name else ""
    yield f"{document_date(case.assigned_on)}交办，我院{role}，{departments_of(case)}承办{led}"
    met = [each.happened_on for each in case.contacts if each.happened_on <= day and each.mode in counting.IN_PERSON]
    if met and case.we_answer:
        yield f"{document_date(min(met))}当面听取意见"


def _ending(case: Case, day: date) -> Iterator[str]:
    out = counting.answers(case, day)
    if not out:
        limit = counting.limit_of(case, case.answer_limit)
        until = f"，期限{document_date(limit.due_on)}" if limit else ""
        late = "，已经逾期" if counting.answered_in_time(case, day) is False else ""
        yield f"正在办理{until}{late}"
        return
    first, last = out[0], out[-1]
    if not case.we_answer:
        yield f"{document_date(first.issued_on)}向主办单位提出会办意见，由主办单位统一答复"
    else:
        again = f"，{document_date(last.issued_on)}再次答复" if last is not first else ""
        late = "（超过期限）" if counting.answered_in_time(case, day) is False else ""
        yield f"{document_date(first.issued_on)}答复{late}{again}，办理结果为{_outcome(last.outcome, last.mark)}"
        yield from _rated(case, day)
    for promise in counting.promises(case, day):
        yield _promised(promise, day)
    for rule in case.rules:
        if rule.dated_on <= day:
            yield f"举一反三，{document_date(rule.dated_on)}形成{plain_words(rule.naming)}"
    if counting.is_closed(case, day) and case.closed_on:
        yield f"{document_date(case.closed_on)}办结"


def _outcome(code: str, mark: str) -> str:
    label = OUTCOME_LABELS[Outcome(code)] if code else "未注明"
    return f"{label}（{mark}）" if mark else label


def _rated(case: Case, day: date) -> Iterator[str]:
    first, last = counting.ratings(case, day, last=False), counting.ratings(case, day, last=True)
    if not last:
        return
    if len(last) > 1:
        well = sum(each.result_well for each in last)
        yield f"代表书面评价{len(last)}份，对办理结果满意、基本满意的{well}份"
        return
    given, before = last[0], first[0]
    changed = f"，首次评价为{before.result}" if before.id != given.id and before.result != given.result else ""
    yield f"代表对办理态度{given.attitude}、对办理结果{given.result}{changed}"


def _promised(promise: Promise, day: date) -> str:
    if promise.done_on is not None and promise.done_on <= day:
        late = "" if counting.is_kept(promise, day) else "，迟于承诺日"
        state = f"{document_date(promise.done_on)}完成{late}"
    else:
        state = "尚未完成" if promise.promised_on <= day else "正在推进"
    return f"承诺{document_date(promise.promised_on)}前{plain_words(promise.text)}，{state}"
