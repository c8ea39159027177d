"""Demonstration accounts, whose password everybody knows, never stand in a house at work (practice 43)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password

from huiyin.demo.offices import DEMO_PASSWORD, account_names
from huiyin.kernel.refusals import Refusal
from huiyin.organisations.models import Staff


class DemonstrationAtWork(Refusal):
    """Accounts of the demonstration can still sign in, and this is no demonstration."""

    code = "demo.at_work"


def check_no_demonstration() -> None:
    """Raise DemonstrationAtWork where an account of the demonstration still has the password it came with."""
    if settings.HUIYIN_DEMO:
        return
    ours = Staff.objects.filter(username__in=account_names(), is_active=True)
    known = {said: check_password(DEMO_PASSWORD, said) for said in set(ours.values_list("password", flat=True))}
    if any(known.values()):
        raise DemonstrationAtWork(
            f"数据文件夹 {settings.HUIYIN_HOME} 里是演示数据，演示账号的密码人人知道，不能用来办公。"
            "正式使用请换一个空的 HUIYIN_HOME（和空的数据库）再执行 huiyin prepare；只是看演示请加 --demo。"
        )
