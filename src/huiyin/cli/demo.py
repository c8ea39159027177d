"""`huiyin demo`: load or reset the demonstration; write a sample list as a spreadsheet."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    demo = commands.add_parser("demo", help="演示数据")
    verbs = demo.add_subparsers(dest="verb", required=True, metavar="动作")
    verbs.add_parser("load", help="装入演示数据（空库）").set_defaults(run=load)
    reset = verbs.add_parser("reset", help="清空演示环境并重新装入")
    reset.add_argument("--yes", action="store_true", help="不再询问")
    reset.set_defaults(run=start_afresh)
    sample = verbs.add_parser("list", help="把示例清单（.csv）写成人大发来的样子（.xlsx）")
    sample.add_argument("source", type=Path)
    sample.add_argument("target", type=Path)
    sample.set_defaults(run=write_list)


def load(options: argparse.Namespace) -> int:
    """Migrate and load into an empty house."""
    from huiyin.cli.serve import prepare

    prepare(demo=True)
    return 0


def start_afresh(options: argparse.Namespace) -> int:
    """Remove the home folder of the demonstration and load anew; asks first."""
    from django.conf import settings
    from django.db import connections

    home = settings.HUIYIN_HOME
    if not options.yes and input(f"将删除 {home} 中的全部演示数据，确定吗？输入 yes 继续：") != "yes":
        print("没有改动。", file=sys.stderr)
        return 1
    connections.close_all()
    for name in ("huiyin.sqlite3", "huiyin.sqlite3-wal", "huiyin.sqlite3-shm"):
        (home / name).unlink(missing_ok=True)
    for folder in ("files", "cards"):
        shutil.rmtree(home / folder, ignore_errors=True)
    return load(options)


def write_list(options: argparse.Namespace) -> int:
    """Write a sample list as a spreadsheet."""
    from huiyin.demo.lists import as_spreadsheet

    options.target.write_bytes(as_spreadsheet(options.source, title="市人大代表建议交办清单（示例）"))
    print(f"已写出 {options.target}")
    return 0
