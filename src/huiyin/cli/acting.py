"""Who acts at the command line: a member of staff, in the post that carries the right, named by the sign-in name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from huiyin.kernel.refusals import Refusal

if TYPE_CHECKING:
    from huiyin.organisations.actors import PostActor

REFUSED = 1
UNREADABLE = 2
LARGEST_FILE = 2_000_000


class NobodyThere(Refusal):
    """No such member of staff, or none of their posts carries the right."""

    code = "cli.nobody_there"


class FileUnreadable(Exception):  # noqa: N818  # a sentence for the person at the keyboard
    """The file named can't be read as text."""


def name_actor(command: argparse.ArgumentParser) -> None:
    """Add the option that says who acts."""
    command.add_argument("--by", required=True, metavar="登录名", help="经办人的登录名；以其有此权限的岗位办理")


def actor_of(username: str, verb: str) -> PostActor:
    """The post in which this person may do it today. Raises NobodyThere."""
    from huiyin.organisations.actors import acting
    from huiyin.organisations.models import Post
    from huiyin.organisations.permissions import may
    from huiyin.organisations.permissions import verb as declared
    from huiyin.web.clock import today

    held = Post.objects.held_on(today()).filter(staff__username=username, staff__is_active=True)
    actors = [acting(post) for post in held.select_related("staff", "procuratorate", "department").order_by("id")]
    if not actors:
        raise NobodyThere(f"没有登录名为“{username}”的在岗人员，请核对。")
    able = next((actor for actor in actors if may(actor, verb)), None)
    if able is None:
        raise NobodyThere(f"{actors[0].label}的岗位不能{declared(verb).label}，请由有权限的同事办理。")
    return able


def text_of(path: str) -> str:
    """The text of a file. Raises FileUnreadable."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise FileUnreadable(f"{path} 过大，不像是制度或日历文件。")
        return file.read_text(encoding="utf-8-sig")
    except OSError:
        raise FileUnreadable(f"读不到文件 {path}，请核对路径和权限。") from None
    except UnicodeDecodeError:
        raise FileUnreadable(f"{path} 不是 UTF-8 文本，请另存为 UTF-8 再试。") from None


def answered(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command whose refusals become a sentence and an exit code: 1 refused, 2 unreadable."""

    def answer(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            return REFUSED
        except FileUnreadable as unreadable:
            print(unreadable, file=sys.stderr)
            return UNREADABLE

    return answer
