"""`huiyin bench`: timings as ratios."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("bench", help="测速：同一次运行中与参照的比值")
    command.add_argument("what", choices=["deadlines", "imports", "start"], help="测什么")
    command.add_argument("--rows", type=int, default=5000, help="清单有多少行（只用于 imports，默认 5000）")
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    from huiyin.bench import deadlines, imports, start

    match options.what:
        case "start":
            found, said = start.measure(), _said_of_start
        case "imports":
            found, said = imports.measure(options.rows), _said_of_imports
        case _:
            found, said = deadlines.measure(), _said_of_deadlines
    print(json.dumps(found) if options.json else said(found))
    return 0


def _said_of_start(found: Mapping[str, float]) -> str:
    return (
        f"再次启动到 /healthz 正常：{found['start_s']} 秒\n"
        f'参照（python -c "import django"）：{found["reference_s"]} 秒；比值 {found["ratio"]}'
    )


def _said_of_imports(found: Mapping[str, float]) -> str:
    return (
        f"导入 {found['rows']:.0f} 行的清单：读取、核对、预览 {found['lay_out_s']} 秒，"
        f"写入登记簿 {found['let_in_s']} 秒\n"
        f"参照（只读出各格）：{found['read_s']} 秒；比值 {found['lay_out_ratio']}、{found['let_in_ratio']:.0f}\n"
        f"最长的一次事务 {found['longest_transaction_s']} 秒；最后十分之一与最前十分之一每批用时之比 "
        f"{found['late_to_early_chunks']}"
    )


def _said_of_deadlines(found: Mapping[str, float]) -> str:
    return (
        f"期限计算（含逐行说明，{found['limits']:.0f} 种期限）：每个 {found['compute_us']} 微秒\n"
        f"参照（在公布的日历上逐日数 20 个工作日）：每个 {found['reference_us']} 微秒；比值 {found['ratio']}"
    )
