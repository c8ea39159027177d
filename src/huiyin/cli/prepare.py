"""`huiyin prepare`: the tables of a new house, or those a new version adds; the first command of every installation."""

from __future__ import annotations

import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser("prepare", help="建好数据库，或者升级后更新数据库（可重复执行）")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Migrate; the same again changes nothing."""
    from django.conf import settings

    from huiyin.cli.serve import prepare

    prepare(demo=False)
    print(f"数据库已建好。数据放在 {settings.HUIYIN_HOME}，以后每次都要用同一个 HUIYIN_HOME。")
    return 0


def is_prepared() -> bool:
    """Whether the database has every table and column this version needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
