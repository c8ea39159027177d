"""`huiyin backup` and `huiyin restore`: a copy while the house works, and putting it back into an empty home."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from huiyin.cli.progress import Bar
from huiyin.kernel.refusals import Refusal

REFUSED = 1


class FolderUnfit(Refusal):
    """Where the copy or the keys should go will not do."""

    code = "cli.folder_unfit"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands."""
    one = commands.add_parser("backup", help="备份数据库、文件和卡片；不必停服务")
    one.add_argument("folder", type=Path, metavar="文件夹", help="备份放在哪里；每次在里面新建一个带时间的文件夹")
    one.add_argument("--keys", type=Path, metavar="文件夹", help="密钥另存到哪里，不要和备份放在同一张盘上")
    one.add_argument("--without-database", action="store_true", help="只备份文件和卡片；用 PostgreSQL 时，先 pg_dump")
    one.set_defaults(run=backup)
    one = commands.add_parser("restore", help="把备份恢复到空的 HUIYIN_HOME，并核对")
    one.add_argument("folder", type=Path, metavar="备份", help="备份命令新建的那个文件夹")
    one.add_argument("--keys", type=Path, required=True, metavar="文件夹", help="备份密钥时新建的那个文件夹")
    one.set_defaults(run=restore)


def backup(options: argparse.Namespace) -> int:
    """Copy; says where, and what is still to be done."""
    from django.conf import settings
    from django.db import connection

    from huiyin.config import backups
    from huiyin.config.copied import note_backup
    from huiyin.web.clock import now

    if connection.vendor != "sqlite" and not options.without_database:
        print(
            "数据库在 PostgreSQL 上，请先执行：\n"
            f"  pg_dump --format=custom --file=备份文件 {connection.settings_dict['NAME']}\n"
            "成功以后再执行：huiyin backup 文件夹 --without-database",
            file=sys.stderr,
        )
        return REFUSED
    into, keys, home, at = (
        options.folder.resolve(),
        options.keys and options.keys.resolve(),
        settings.HUIYIN_HOME,
        now(),
    )
    _check_folders(into, keys, home)
    count = backups.count_files(home)
    found = backups.back_up(
        home=home, into=into, with_database=not options.without_database, at=at, progress=Bar("正在备份文件", count)
    )
    note_backup(folder=found.name, at=at)
    print(f"备份在 {found}")
    if keys:
        print(f"密钥在 {backups.back_up_keys(home=home, into=keys, at=at)}，请锁在别处。")
    else:
        print("这次没有备份密钥。没有密钥，加密的号码恢复不了；第一次备份、换密钥以后，请加 --keys 文件夹。")
    return 0


def _check_folders(into: Path, keys: Path | None, home: Path) -> None:
    if keys and (keys == into or keys.is_relative_to(into) or into.is_relative_to(keys)):
        raise FolderUnfit("密钥不能和备份放在一起：谁拿到备份，谁就能读出号码。请换一个文件夹。")
    for folder in filter(None, (into, keys)):
        if folder == home or folder.is_relative_to(home):
            raise FolderUnfit(f"{folder} 在数据文件夹里面，磁盘坏了会一起丢。请换一个地方。")
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise FolderUnfit(f"{folder} 不能写入：{error.strerror}。") from None


def restore(options: argparse.Namespace) -> int:
    """Put back, bring the tables up to date, and check what came: keys, files, seals."""
    from django.conf import settings

    from huiyin.cli.serve import prepare
    from huiyin.config import backups
    from huiyin.config.copied import missing_files, note_restored
    from huiyin.config.rotation import holdings
    from huiyin.kernel.fields import key_ring
    from huiyin.web.clock import now

    backup = options.folder.resolve()
    said = backups.put_back(
        backup=backup, keys=options.keys.resolve(), home=settings.HUIYIN_HOME,
        progress=Bar("正在恢复文件", backups.count_files(backup)),
    )  # fmt: skip
    prepare(demo=False)
    let_go = note_restored(made_at=said.made_at, at=now())
    held, missing = set(holdings()) - {key.key_id for key in key_ring().keys}, missing_files()
    print(f"已恢复 {said.made_at[:16].replace('T', ' ')} 的备份，文件 {said.files} 个。")
    if let_go:
        print(f"备份时正在重装的案卷和清掉的草稿附件有 {let_go} 个，已经注销；案卷请重新装订。")
    if held:
        print(f"密钥文件里没有密钥 {sorted(held)}，用它加密的号码打不开。请换成备份那天的密钥。", file=sys.stderr)
    if missing:
        print(f"有 {len(missing)} 个文件缺失或者被改动：{'、'.join(missing[:10])}", file=sys.stderr)
    return max(_verify(), REFUSED if held or missing else 0)


def _verify() -> int:
    from huiyin.cli.audit import verify

    return verify(argparse.Namespace(anchor=[]))
