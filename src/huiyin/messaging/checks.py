"""Half-configured or misplaced channels fail at start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from huiyin.messaging.channels import TEXTERS


def texter_is_sound(app_configs: Any, **asked: Any) -> list[CheckMessage]:
    """The texter is known, and the simulated phone stands in the demonstration only (practice 43)."""
    texter = settings.HUIYIN_TEXTER
    if texter and texter not in TEXTERS:
        return [Error(f"HUIYIN_TEXTER 不认识：{texter}。", id="messaging.E001")]
    if texter == "simulated" and not settings.HUIYIN_DEMO:
        return [Error("模拟手机只能在演示设置下使用，请改用真实的短信通道或者留空。", id="messaging.E002")]
    return []
