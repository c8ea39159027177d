"""May this limit be extended? Asked before the request is recorded; compute() itself never refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.regulations.rules.compute import compute
from huiyin.regulations.rules.events import ClockEvent, Extension
from huiyin.regulations.rules.limits import Calendar, Due, LimitRule
from huiyin.regulations.rules.wording import day_text


class ExtensionNotAllowed(Refusal):
    """The book knows no extension of this limit."""

    code = "regulations.extension_not_allowed"


class ExtensionTooLate(Refusal):
    """The request comes after the due day."""

    code = "regulations.extension_too_late"


class ExtensionTooShort(Refusal):
    """The new last day is not later than the present one."""

    code = "regulations.extension_too_short"


class ExtensionBeyondCap(Refusal):
    """The new last day passes the latest day the law allows."""

    code = "regulations.extension_beyond_cap"


def check_extension(
    rule: LimitRule, start: date, calendar: Calendar, extension: Extension, events: Iterable[ClockEvent] = ()
) -> Due:
    """The limit as it would stand with `extension` added to `events`.

    Raises ExtensionNotAllowed, ExtensionTooLate, ExtensionTooShort, ExtensionBeyondCap.
    """
    if not rule.extension_allowed:
        raise ExtensionNotAllowed(f"依据{rule.basis}，“{rule.title}”的期限不得延长。")
    before = list(events)
    now = compute(rule, start, calendar, before)
    if extension.granted_on > now.due_on:
        raise ExtensionTooLate(f"期限已于{day_text(now.due_on)}届满，延期应在届满前申请。")
    uncapped = compute(replace(rule, cap=None), start, calendar, [*before, extension])
    if uncapped.raw_on <= now.raw_on:
        raise ExtensionTooShort(f"延期后的日期应晚于现在的届满日{day_text(now.raw_on)}。")
    latest = now.cap_raw_on and max(now.cap_raw_on, now.cap_on or now.cap_raw_on)
    if latest and uncapped.raw_on > latest and rule.cap:
        raise ExtensionBeyondCap(f"依据{rule.cap.basis}，最长{rule.cap.length}，延期不得超过{day_text(latest)}。")
    return compute(rule, start, calendar, [*before, extension])
