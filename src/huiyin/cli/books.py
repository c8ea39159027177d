"""`huiyin books`: check, load, compare, approve and list rule books."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from huiyin.cli.acting import REFUSED, actor_of, answered, name_actor, text_of
from huiyin.kernel.refusals import Refusal

if TYPE_CHECKING:
    from huiyin.organisations.models import Post
    from huiyin.regulations.books import Book
    from huiyin.regulations.models import RuleBookVersion


class NotInLibrary(Refusal):
    """No text of that name comes with the house."""

    code = "cli.not_in_library"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    books = commands.add_parser("books", help="制度：核对、装入、对照、批准、列表")
    verbs = books.add_subparsers(dest="verb", required=True, metavar="动作")
    one = verbs.add_parser("check", help="核对制度文件，逐条指出问题；不写入数据库")
    one.add_argument("files", nargs="+", metavar="文件")
    one.set_defaults(run=answered(check))
    one = verbs.add_parser("load", help="装入制度文件，等待另一人批准")
    one.add_argument("files", nargs="*", metavar="文件")
    one.add_argument(
        "--library", action="append", default=[], metavar="名称", help="装入制度库里的一部（名称见 list，可写几次）"
    )
    one.add_argument("--shipped", action="store_true", help="装入随系统提供的制度（可重复执行）")
    one.add_argument("--by", default="", metavar="登录名", help="装入人的登录名；--shipped 时不需要")
    one.set_defaults(run=answered(load))
    one = verbs.add_parser("diff", help="对照制度文件与现行版本，或者对照两个文件")
    one.add_argument("files", nargs="+", metavar="文件", help="一个：与现行版本对照；两个：旧、新")
    one.set_defaults(run=answered(diff))
    one = verbs.add_parser("put-in-force", help="批准一个已装入的版本施行（装入和批准须是两个人）")
    one.add_argument("code", metavar="编码")
    one.add_argument("version", metavar="版本")
    one.add_argument("--preview", action="store_true", help="只列出哪些在办事项的期限会变动，不批准")
    name_actor(one)
    one.set_defaults(run=answered(put_in_force))
    one = verbs.add_parser("list", help="列出全部制度及其版本")
    one.set_defaults(run=answered(list_books))


def check(options: argparse.Namespace) -> int:
    """Name every fault of every file; 1 when there is one."""
    from huiyin.regulations.books import BookFaulty
    from huiyin.regulations.books import load as read

    faulty = False
    for path in options.files:
        try:
            print(f"{path}：可用。{_told(read(text_of(path), Path(path).name))}")
        except BookFaulty as refusal:
            faulty = True
            print(*refusal.sentences, sep="\n", file=sys.stderr)
    return REFUSED if faulty else 0


def _told(book: Book) -> str:
    from huiyin.regulations.books import Limit

    doubtful = sum(1 for entry in book.entries if entry.basis.unconfirmed)
    note = f"，其中{doubtful}条未核对" if doubtful else ""
    counts = f"{len(book.entries)}条{note}，期限{len(book.of(Limit))}个"
    return f"《{book.title}》{book.version}版，{book.from_on}起，{counts}。"


def load(options: argparse.Namespace) -> int:
    """Load files or the shipped books; they then wait for approval."""
    from huiyin.regulations.operations import load_book, load_shipped_books
    from huiyin.web.clock import now

    given = bool(options.files or options.library)
    if options.shipped == given or (given and not options.by):
        print("请写明文件（或者 --library 名称）和 --by 登录名，或者只写 --shipped。", file=sys.stderr)
        return 2
    if options.shipped:
        versions = load_shipped_books(at=now())
    else:
        actor = actor_of(options.by, "regulations.load_book")
        texts = [(text_of(path), Path(path).name) for path in options.files] + _from_library(options.library)
        versions = [load_book(text=text, file=file, actor=actor, at=now()) for text, file in texts]
    for version in versions:
        print(f"已装入 {version.book.code} {version.version}：《{version.book.title}》，等待另一人批准。")
    if not versions:
        print("随系统提供的制度均已装入，没有变动。")
    return 0


def _from_library(names: list[str]) -> list[tuple[str, str]]:
    from huiyin.regulations.books import library

    known = {each.name: each.text for each in library()}
    missing = [name for name in names if name not in known]
    if missing:
        raise NotInLibrary(f"制度库里没有“{'”“'.join(missing)}”，请用 huiyin books list 查看名称。")
    return [(known[name], name) for name in names]


def diff(options: argparse.Namespace) -> int:
    """Print what changed, line by line; 1 where there is nothing to compare with."""
    from huiyin.regulations.books import differences
    from huiyin.regulations.books import load as read

    given = [read(text_of(path), Path(path).name) for path in options.files]
    if len(given) > 2:  # noqa: PLR2004
        print("最多对照两个文件。", file=sys.stderr)
        return 2
    old = given[0] if len(given) > 1 else _in_force(given[0])
    if old is None:
        print(f"编码“{given[0].code}”没有现行版本，无从对照。", file=sys.stderr)
        return REFUSED
    rows = differences(old, given[-1])
    print(*rows, sep="\n") if rows else print("没有差别。")
    return 0


def _in_force(book: Book) -> Book | None:
    from huiyin.regulations.queries import compared_with
    from huiyin.web.clock import today

    return compared_with(book, today())


def put_in_force(options: argparse.Namespace) -> int:
    """Approve a waiting version and compute the open dates anew, or only say which would move."""
    from huiyin.regulations.operations import put_in_force as approve
    from huiyin.regulations.operations import recompute_waiting
    from huiyin.web.clock import now

    actor = actor_of(options.by, "regulations.put_in_force")
    version = _waiting(options.code, options.version)
    if version is None:
        print(f"没有等待批准的 {options.code} {options.version}，请用 huiyin books list 查看。", file=sys.stderr)
        return REFUSED
    if options.preview:
        _print_moves(version, actor.post)
        return 0
    approve(version=version, actor=actor, at=now())
    print(f"《{version.book.title}》{version.version}版已批准，自{version.from_on}起施行。")
    print(f"已重算在办期限，变动{recompute_waiting(at=now())}个。")
    return 0


def _waiting(code: str, version: str) -> RuleBookVersion | None:
    from huiyin.regulations.models import RuleBookVersion

    waiting = RuleBookVersion.objects.filter(book__code=code, version=version, status="loaded")
    return waiting.select_related("book").first()


def _print_moves(version: RuleBookVersion, post: Post) -> None:
    """Counts only: which matters they are is read on the page of the book, where it is on record who looked."""
    from huiyin.regulations.queries import preview
    from huiyin.web.clock import now

    moved: Counter[str] = Counter()
    part = preview(version, post=post, at=now())
    moved.update(row.label for row in part.rows)
    while part.following:
        part = preview(version, post=post, at=now(), cursor=part.following)
        moved.update(row.label for row in part.rows)
    for label, count in sorted(moved.items()):
        print(f"{label}\t{count}个")
    print(f"核对在办期限{part.reached}个，将变动{moved.total()}个。")


def list_books(options: argparse.Namespace) -> int:
    """Every book with its versions, newest first."""
    from huiyin.regulations.books.vocabulary import LEVEL_LABELS, Level
    from huiyin.regulations.models import RuleBookVersion

    versions = RuleBookVersion.objects.select_related("book").order_by("book__code", "-from_on", "-pk")
    for each in versions:
        until = f"至{each.until_on}" if each.until_on else "起"
        level = LEVEL_LABELS[Level(each.book.level)]
        print(
            f"{each.book.code}\t{each.version}\t{each.from_on}{until}\t{each.get_status_display()}\t{level}\t{each.book.title}"
        )
    if not versions:
        print("还没有制度。可用 huiyin books load --shipped 装入随系统提供的制度。")
    _print_library({each.sha256 for each in versions})
    return 0


def _print_library(loaded: set[str]) -> None:
    """What of the library is not loaded yet."""
    from huiyin.regulations.books import library
    from huiyin.regulations.books.vocabulary import LEVEL_LABELS
    from huiyin.regulations.operations import digest_of

    waiting = [each for each in library() if digest_of(each.text) not in loaded]
    if waiting:
        print("制度库里还没有装入的（huiyin books load --library 名称 --by 登录名）：")
    for each in waiting:
        book = each.book
        print(f"{each.name}\t{book.version}\t{book.from_on}起\t未装入\t{LEVEL_LABELS[book.level]}\t{book.title}")
