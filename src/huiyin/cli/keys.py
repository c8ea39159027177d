"""`huiyin keys`: which keys there are and what each still holds; a new key; everything moved to it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from huiyin.cli.acting import answered
from huiyin.cli.progress import Bar
from huiyin.kernel.keyring import KeyRing, Suite, UnknownKey
from huiyin.kernel.refusals import Refusal

if TYPE_CHECKING:
    from huiyin.config.rotation import Done

SETTLING = timedelta(hours=1)  # longer than any request or task that may still write with a key it read before
SUITES = [suite.value for suite in Suite]


class KeyInUse(Refusal):
    """Values are still encrypted with the key, or may yet be."""

    code = "cli.key_in_use"


class NoSuchKey(Refusal):
    """The ring holds no key of that number."""

    code = "cli.no_such_key"


class HouseIsOpen(Refusal):
    """The index key changes only while nobody looks anything up."""

    code = "cli.house_is_open"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    keys = commands.add_parser("keys", help="加密密钥：查看、启用新密钥、改用新密钥、删除旧密钥")
    verbs = keys.add_subparsers(dest="verb", required=True, metavar="动作")
    verbs.add_parser("list", help="列出密钥，以及每把密钥还加密着多少个值").set_defaults(run=list_keys)
    one = verbs.add_parser("add", help="启用一把新密钥；以后写入的都用它，旧密钥留着读旧值")
    one.add_argument("--suite", choices=SUITES, help="算法：intl 国际（AES-256），gm 国密（SM4）；不写就不变")
    one.set_defaults(run=add_key)
    one = verbs.add_parser("rotate", help="把全部旧值改用现用密钥加密；中断了再执行一次就接着做")
    one.add_argument("--index", action="store_true", help="同时更换索引密钥并重建索引；须先停止服务")
    one.add_argument("--suite", choices=SUITES, help="索引算法：intl 国际，gm 国密；只和 --index 一起用")
    one.set_defaults(run=answered(rotate))
    one = verbs.add_parser("drop", help="删除已经没有任何值在用的旧密钥")
    one.add_argument("key_id", nargs="+", type=int, metavar="编号")
    one.set_defaults(run=answered(drop))


def list_keys(options: argparse.Namespace) -> int:
    """Every key with its algorithm and how many values it holds where; counts only."""
    from huiyin.config.rotation import holdings, index_is_stale
    from huiyin.kernel.fields import key_ring

    ring, held = key_ring(), holdings()
    for key in ring.keys:
        counts = held.pop(key.key_id, Counter())
        mark = "（现用）" if key is ring.current_key else ""
        print(f"密钥 {key.key_id}{mark}\t{key.algorithm.name}\t{sum(counts.values())} 个值")
        for place, count in sorted(counts.items()):
            print(f"\t{place}\t{count}")
    print(f"索引密钥\t{ring.index_algorithm.name}\t{'索引尚未重建完' if index_is_stale() else '索引齐全'}")
    for key_id, counts in sorted(held.items()):
        print(
            f"密钥 {key_id} 不在密钥文件里，{sum(counts.values())} 个值打不开，请找回密钥文件的备份。", file=sys.stderr
        )
    return 1 if held else 0


def add_key(options: argparse.Namespace) -> int:
    """A fresh key for all new values."""
    from huiyin.config.keys import ring_file
    from huiyin.config.rotation import note_ring_changed, waiting
    from huiyin.web.clock import now

    suite = Suite(options.suite) if options.suite else None
    ring = ring_file().change(lambda ring: ring.rotate(suite))
    note_ring_changed(change=f"added {ring.current_key.key_id}", at=now())
    print(f"已启用密钥 {ring.current_key.key_id}，正在运行的服务马上改用，不必重启。")
    print(f"另有 {waiting()} 个旧值，请执行 huiyin keys rotate 改用新密钥。")
    _remind(ring_file().path)
    return 0


def rotate(options: argparse.Namespace) -> int:
    """Move all values to the current key; with --index take a new index key first."""
    from huiyin.config.keys import ring_file
    from huiyin.config.rotation import index_is_stale, move_values, note_ring_changed, waiting
    from huiyin.web.clock import now
    from huiyin.web.heartbeat import is_alive

    if options.suite and not options.index:
        print("--suite 只和 --index 一起用；换数据密钥的算法用 huiyin keys add --suite。", file=sys.stderr)
        return 2
    if (options.index or index_is_stale()) and is_alive(now()):
        raise HouseIsOpen("重建索引期间查不到人，请先停止服务（停后等一分钟），再执行一次。")
    if options.index and not index_is_stale():
        suite = Suite(options.suite) if options.suite else None
        ring_file().change(lambda ring: ring.with_new_index(suite))
        note_ring_changed(change="new index key", at=now())
        _remind(ring_file().path)
    problems = finish_indexes()
    count = waiting()
    done = move_values(at=now(), progress=Bar("正在改用新密钥", count))
    print(f"改用现用密钥 {done.written} 个值。" if count else "所有的值都已经用现用密钥加密，没有改动。")
    return max(problems, _told(done))


def finish_indexes() -> int:
    """Compute the indexes anew where the database has those of another index key; 1 when a value doesn't open."""
    from huiyin.config.rotation import index_is_stale, indexed_rows, rebuild_indexes
    from huiyin.web.clock import now

    if not index_is_stale():
        return 0
    done = rebuild_indexes(at=now(), progress=Bar("正在重建索引", indexed_rows()))
    print(f"索引已经重建，改动 {done.written} 个。")
    return _told(done)


def drop(options: argparse.Namespace) -> int:
    """Forget old keys that nothing needs any more."""
    from huiyin.config.keys import ring_file
    from huiyin.config.rotation import note_ring_changed
    from huiyin.web.clock import now

    at, file = now(), ring_file()
    if at.timestamp() - file.path.stat().st_mtime < SETTLING.total_seconds():
        raise KeyInUse("密钥文件一小时内刚变动过，可能还有正在办的事在用旧密钥，请过一小时再删。")
    ids = sorted(set(options.key_id))
    ring = file.change(lambda ring: _without(ring, ids))
    note_ring_changed(change=f"dropped {ids}", at=at)
    print(f"已删除密钥 {'、'.join(map(str, ids))}，留下 {len(ring.keys)} 把。以前的备份若用到它，须配那时的密钥文件。")
    return 0


def _without(ring: KeyRing, ids: list[int]) -> KeyRing:
    from huiyin.config.rotation import holdings

    held = holdings()
    for key_id in ids:
        try:
            key = ring.key(key_id)
        except UnknownKey:
            raise NoSuchKey(f"没有编号为 {key_id} 的密钥，请用 huiyin keys list 查看。") from None
        if key is ring.current_key:
            raise KeyInUse(f"密钥 {key_id} 是现用的，不能删除。")
        if count := sum(held.get(key_id, Counter()).values()):
            raise KeyInUse(f"还有 {count} 个值用密钥 {key_id} 加密，请先执行 huiyin keys rotate。")
        ring = ring.without(key_id)
    return ring


def _told(done: Done) -> int:
    if not done.sealed:
        return 0
    shown = "；".join(done.sealed[:10])
    print(f"有 {len(done.sealed)} 个值打不开，原样留着：{shown}。请核对密钥文件是不是这个库的。", file=sys.stderr)
    return 1


def _remind(path: Path) -> None:
    print(f"请马上另存一份 {path}，锁在别处：没有它，加密的号码永远读不出来。")
