"""Who may open a stored file: whoever may open what it belongs to, which only the rooms above know.

Each of them registers its answer in `AppConfig.ready()`; a file nobody answers for is open to its uploader alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from huiyin.files.models import Draft, StoredFile
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import EVERY_ROLE, declare

Sight = Callable[[Post, StoredFile], bool]
_sights: Final[list[Sight]] = []


def declare_all() -> None:
    """Add this room's verbs to the table."""
    declare("files.download", "下载文件", roles=EVERY_ROLE)


def register_sight(sight: Sight) -> None:
    """Let a room say which posts may open the files that belong to it: sight(post, file)."""
    _sights.append(sight)


def may_open(post: Post, file: StoredFile) -> bool:
    """Whether this post may open this file."""
    own_draft = Draft.objects.filter(file=file, actor_key=f"post:{post.pk}").exists()
    return own_draft or any(sight(post, file) for sight in _sights)
