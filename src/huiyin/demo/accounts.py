"""The demonstration's accounts, as printed at start and in the manual."""

from __future__ import annotations

from huiyin.demo.offices import DEMO_PASSWORD

SHOWN = [
    ("officer_wang", "代表委员联络办公室（登记、拟办、印发）"),
    ("office_head", "办公室主任（拟办、核稿）"),
    ("deputy_chief", "副检察长（批示、审签）"),
    ("chief", "检察长（签发）"),
    ("head_second", "第二检察部主任（签收、审核）"),
    ("handler_second", "承办人（面商、拟稿）"),
    ("registry", "机要文书（取号、用印）"),
    ("auditadmin", "审计管理员"),
]


def accounts() -> list[str]:
    """Lines to print: who signs in as what."""
    lines = [f"演示账号（密码都是 {DEMO_PASSWORD}）："]
    lines += [f"  {username:<16}{what}" for username, what in SHOWN]
    return [*lines, "代表手机端：用 10000000001（张示例代表）登录，验证码在模拟手机上看。"]
