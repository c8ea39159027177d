"""`huiyin portal`: what the door of the phone site says."""

from __future__ import annotations

import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    portal = commands.add_parser("portal", help="代表委员手机端：首页署名和联络电话")
    verbs = portal.add_subparsers(dest="verb", required=True, metavar="动作")
    front = verbs.add_parser("front", help="设置首页显示的机关名称和代表委员联络电话")
    front.add_argument("--organ", required=True, metavar="名称", help="机关全称")
    front.add_argument("--phone", default="", metavar="电话", help="代表委员联络电话")
    front.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Announce it; the same again changes nothing a visitor sees."""
    from huiyin.audit.actors import SYSTEM
    from huiyin.exchange.operations import announce_front
    from huiyin.web.clock import now

    announce_front(organ=options.organ, phone=options.phone, actor=SYSTEM, at=now())
    print(f"手机端首页：{options.organ} {options.phone}".rstrip())
    return 0
