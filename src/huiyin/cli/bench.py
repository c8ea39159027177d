"""`huiyin bench`: timings as ratios."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("bench", help="测速：同一次运行中与参照的比值")
    command.add_argument("what", choices=["casework", "deadlines", "imports", "start"], help="测什么")
    command.add_argument(
        "--rows", type=int, default=5000, help="清单有多少行、登记簿有多少件（imports、casework，默认 5000）"
    )
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    from huiyin.bench import deadlines, imports, start
    from huiyin.bench.casework import run as casework

    found: Mapping[str, Any]
    match options.what:
        case "start":
            found, said = start.measure(), _said_of_start
        case "casework":
            found, said = casework.measure(options.rows), _said_of_casework
        case "imports":
            found, said = imports.measure(options.rows), _said_of_imports
        case _:
            found, said = deadlines.measure(), _said_of_deadlines
    print(json.dumps(found) if options.json else said(found))
    return 0


def _said_of_casework(found: Mapping[str, Any]) -> str:
    lines: list[str] = []
    for database, house in found.items():
        lines.append(f"{database}：{house['matters']} 件，其中本院 {house['of_the_office']} 件（处理器毫秒）")
        for name, page in house["pages"].items():
            lines.append(
                f"  {name}：{page['page_ms']}{_beside(page, 'times_small')}；参照 {page['floor_ms']}，"
                f"比值 {page['ratio']}；刚有变动后 {page['anew_ms']}{_beside(page, 'anew_times_small')}"
            )
        for reader, asked in house["search"].items():
            spent = "；".join(f"{what} {each['p50_ms']}/{each['p95_ms']}" for what, each in asked.items())
            lines.append(f"  检索（{reader}，中位/95%）：{spent}")
        export, again = house["export"], house["recompute"]
        lines.append(f"  导出 {export['rows']} 行：{export['export_s']} 秒，比值 {export['ratio']}")
        lines.append(
            f"  重算 {again['deadlines']} 个期限：{again['seconds']} 秒（变动 {again['moved']} 个），"
            f"最长一步 {again['longest_step_s']} 秒"
        )
    return "\n".join(lines)


def _said_of_start(found: Mapping[str, float]) -> str:
    return (
        f"再次启动到 /healthz 正常：{found['start_s']} 秒\n"
        f'参照（python -c "import django"）：{found["reference_s"]} 秒；比值 {found["ratio"]}'
    )


def _beside(page: Mapping[str, Any], name: str) -> str:
    return f"（一万件时的 {page[name]} 倍）" if name in page else ""


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
        f"参照（在公布的日历上逐日数 20 个工作日）：每个 {found['reference_us']} 微秒；比值 {found['ratio']}；"
        f"每秒 {found['per_second']} 个"
    )
