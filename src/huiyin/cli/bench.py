"""`huiyin bench`: timings as ratios."""

from __future__ import annotations

import argparse
import json


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("bench", help="测速：同一次运行中与参照的比值")
    command.add_argument("what", choices=["deadlines", "start"], help="测什么")
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    from huiyin.bench import deadlines, start

    found = start.measure() if options.what == "start" else deadlines.measure()
    if options.json:
        print(json.dumps(found))
    elif options.what == "start":
        print(f"再次启动到 /healthz 正常：{found['start_s']} 秒")
        print(f'参照（python -c "import django"）：{found["reference_s"]} 秒；比值 {found["ratio"]}')
    else:
        print(f"期限计算（含逐行说明，{found['limits']:.0f} 种期限）：每个 {found['compute_us']} 微秒")
        print(f"参照（在公布的日历上逐日数 20 个工作日）：每个 {found['reference_us']} 微秒；比值 {found['ratio']}")
    return 0
