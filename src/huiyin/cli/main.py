"""`huiyin`: how administrators work. Each subject is a module with `add(commands)`."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from huiyin.kernel.refusals import Refusal

SUBJECTS = ["serve", "work", "books", "calendar", "audit", "demo", "bench"]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = refused with a sentence, 2 = called wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _settings(arguments if arguments is not None else sys.argv[1:]))
    import django

    django.setup()
    parser = argparse.ArgumentParser(prog="huiyin", description="回音：管理命令")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for subject in SUBJECTS:
        import_module(f"huiyin.cli.{subject}").add(commands)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _settings(arguments: list[str]) -> str:
    """The demonstration's settings for its own commands, an office's otherwise."""
    is_demo = "--demo" in arguments or arguments[:1] == ["demo"]
    return f"huiyin.config.settings.{'demo' if is_demo else 'production'}"


if __name__ == "__main__":
    sys.exit(main())
