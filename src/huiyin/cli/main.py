"""`huiyin`: a small dispatcher. Every module of this folder that has `add` brings its own subcommands."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

import huiyin.cli
from huiyin.cli.prepare import is_prepared
from huiyin.kernel.refusals import Refusal

REFUSED = 1


def parser() -> argparse.ArgumentParser:
    """The command line with everybody's subcommands."""
    top = argparse.ArgumentParser(prog="huiyin", description="回音：检察院联络代表委员、办理建议的平台")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")
    for found in sorted(pkgutil.iter_modules(huiyin.cli.__path__), key=lambda module: module.name):
        room = importlib.import_module(f"huiyin.cli.{found.name}")
        if hasattr(room, "add"):
            room.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Choose the settings, start Django, run one command; 0 = done, 1 = refused with a sentence, 2 = called wrongly."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _settings(options))
    import django
    from django.db import DatabaseError

    try:
        django.setup()
        return int(options.run(options) or 0)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except DatabaseError:
        if is_prepared():
            raise
        print("数据库还没有建好，或者升级以后还没有更新。请先执行 huiyin prepare。", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130


def _settings(options: argparse.Namespace) -> str:
    """The demonstration's settings for its own commands, an office's otherwise."""
    is_demo = options.command == "demo" or getattr(options, "demo", False)
    return f"huiyin.config.settings.{'demo' if is_demo else 'production'}"


if __name__ == "__main__":
    sys.exit(main())
