"""The demonstration: invented people, a simulated phone, accounts whose password is printed at start."""

from __future__ import annotations

from datetime import timedelta

from huiyin.config.settings.base import *  # noqa: F403

HUIYIN_DEMO = True
HUIYIN_IDLE = timedelta(hours=8)  # somebody who shows it talks in between
HUIYIN_NUMBERS_CAN_BE_DEMO = True
HUIYIN_TEXTER = "simulated"
