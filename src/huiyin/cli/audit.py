"""`huiyin audit`: verify the seals over the audit records, or seal what is waiting."""

from __future__ import annotations

import argparse
import sys


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    audit = commands.add_parser("audit", help="核对、封存审计记录")
    verbs = audit.add_subparsers(dest="verb", required=True, metavar="动作")
    check = verbs.add_parser("verify", help="核对全部封存，指出第一条被改动、删除或者插入的记录")
    check.add_argument(
        "--anchor", action="append", default=[], metavar="批号:摘要", help="以前留存的封存摘要，可以写多次"
    )
    check.set_defaults(run=verify)
    verbs.add_parser("seal", help="把还没有封存的记录封存").set_defaults(run=seal)


def verify(options: argparse.Namespace) -> int:
    """Print the verdict, counts only; 1 when something is broken, 2 when an anchor cannot be read."""
    from huiyin.audit import seals

    try:
        anchors = {int(number): digest for number, digest in (text.split(":", 1) for text in options.anchor)}
    except ValueError:
        print("--anchor 写作“批号:摘要”，例如 12:3f2a…（64位）。", file=sys.stderr)
        return 2
    verdict = seals.verify(anchors=anchors)
    if verdict.broken:
        print(f"审计记录不完整：{verdict.broken}。请保留现场并报告安全管理员。", file=sys.stderr)
        return 1
    print(f"审计记录完整：{verdict.seals}批封存，{verdict.sealed}条已封存，{verdict.unsealed}条待封存。")
    if verdict.seals:
        print(f"最后一批的摘要，请抄录留存：{verdict.seals}:{verdict.last}")
    return 0


def seal(options: argparse.Namespace) -> int:
    """Seal now; the sweep does the same on its schedule."""
    from huiyin.audit.seals import seal_records
    from huiyin.web.clock import now

    print(f"封存了{seal_records(now())}条记录。")
    return 0
