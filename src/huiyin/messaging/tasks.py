"""Background doorways: the sweep that drains the outbox, the sender of one-time codes."""

from __future__ import annotations

import os
import socket
from datetime import datetime

from huiyin.exchange.models import AccessCode
from huiyin.messaging.drain import BATCH, drain
from huiyin.messaging.operations import queue_code
from huiyin.messaging.rules import code_text


def drain_outbox(at: datetime) -> int:
    """Send everything due now, batch by batch; returns how many messages were settled."""
    worker, total = f"{socket.gethostname()}-{os.getpid()}", 0
    while count := drain(worker=worker, at=at):
        total += count
        if count < BATCH:
            break
    return total


def send_code(*, access: AccessCode, phone: str, code: str, at: datetime) -> None:
    """Queue the text with a one-time code; what the exchange calls."""
    account = access.account
    assert account is not None
    left = access.expires_at - at
    text = code_text(office=account.office, code=code, minutes=int(left.total_seconds() // 60))
    queue_code(key=f"exchange.code:{access.public_id}", phone=phone, text=text, expires_at=access.expires_at, at=at)
