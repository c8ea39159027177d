"""The schedule: every sweep of the house in one table.

A sweep finds its work from state, so a missed round is made up by the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Hand(StrEnum):
    """Which of the worker's hands does it: messages never wait for anything else."""

    MESSAGES = "messages"
    HOUSE = "house"


@dataclass(frozen=True)
class Sweep:
    """One row: what it is called, the function, every how many seconds, by which hand, how long after the start first.

    The function takes the moment as `at` and returns how much it did; it is safe to run twice."""

    name: str
    function: str
    every: int
    hand: Hand = Hand.HOUSE
    first: int = 0


SWEEPS: Final = (
    Sweep("发送消息", "huiyin.messaging.tasks.drain_outbox", 1, Hand.MESSAGES),
    Sweep("处理手机端提交的内容", "huiyin.exchange.operations.handle_waiting", 10),
    Sweep("期限提醒", "huiyin.matters.operations.reminders.remind", 300),
    Sweep("常委会报告期限提醒", "huiyin.suggestions.operations.congress_dues.remind_of_congress", 3600),
    Sweep("公益诉讼文书抄送提醒", "huiyin.suggestions.operations.public_interest_dues.remind_of_copies", 3600),
    Sweep("提醒填写办理进度", "huiyin.suggestions.operations.progress.remind_of_progress", 300),
    # tasks make the papers; this one comes after them, for those a crash took away
    Sweep("补做文书", "huiyin.matters.rendering.render_missing", 300, first=300),
    Sweep("装订案卷", "huiyin.matters.binding.bind_waiting", 60, first=60),
    Sweep("规则或日历变动后重算期限", "huiyin.regulations.operations.recompute_waiting", 60),
    Sweep("继续未完成的导入", "huiyin.config.tidying.continue_imports", 60),
    Sweep("封存审计记录", "huiyin.audit.seals.seal_records", 300),
    Sweep("放回中断的后台任务", "huiyin.config.tidying.reap_tasks", 60),
    Sweep("清理过期的验证码", "huiyin.exchange.operations.forget_codes", 3600),
    Sweep("清理无主的卡片附件", "huiyin.exchange.operations.forget_copies", 3600),
    Sweep("更新数据表大小的统计", "huiyin.config.sizes.tell_sizes", 86400, first=60),
    Sweep("清理过期的会话和任务结果", "huiyin.config.tidying.tidy", 3600),
)
