"""张示例 with a bound phone, and a short way to queue."""

from __future__ import annotations

import pytest

from huiyin.messaging.models import Binding
from huiyin.messaging.operations import bind, queue


@pytest.fixture
def zhang(deputies):
    return deputies["zhang"]


@pytest.fixture
def bound(world, zhang, at) -> Binding:
    """张示例's phone bound by the liaison office."""
    point = zhang.contact_points.get()
    return bind(person=zhang, contact_point=point, evidence="当面核对", actor=world.act("officer_wang"), at=at)


@pytest.fixture
def tell(at):
    """Queue a usual message: tell(person=…) or tell(post=…)."""

    def say(event="letter:1", **to):
        usual = {"title": "您的建议已经答复", "body": "关于第162001号建议的答复函已经印发。", "link": "/", "at": at}
        return queue(event_key=event, **(usual | to))

    return say
