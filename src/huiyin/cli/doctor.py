"""`huiyin doctor`: looks the machine over and says in sentences what to mend."""

from __future__ import annotations

import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("doctor", help="检查这台机器：文件夹、密钥、数据库、字体、查毒、时钟")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """One line a point; 1 when something is bad."""
    from huiyin.config.soundness import Mark, points
    from huiyin.web.clock import now

    found = list(points(now()))
    for point in found:
        print(f"【{point.mark}】{point.sentence}")
    bad = sum(point.mark is Mark.BAD for point in found)
    print(f"有 {bad} 处要处理。" if bad else "没有要处理的。")
    return 1 if bad else 0
