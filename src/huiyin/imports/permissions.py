"""Who works on lists at all; which kinds, each kind's own verb says, and who may open the files of a list."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from huiyin.files.models import StoredFile
from huiyin.imports.queries import batches_open_to
from huiyin.organisations.models import Post
from huiyin.organisations.permissions import declare
from huiyin.organisations.rules import Role

KEEPERS: Final = {Role.LIAISON_OFFICE, Role.OFFICE_HEAD}


def declare_verbs() -> None:
    """Called once, from ImportsConfig.ready()."""
    declare("imports.list", "查看导入的清单", roles=KEEPERS)
    declare("imports.stage", "上传和核对清单", roles=KEEPERS)
    declare("imports.flip", "确认导入或者放弃清单", roles=KEEPERS)


def may_open_file(post: Post, file: StoredFile) -> bool:
    """Whether the file is a list, or an original that came with a list, of a batch open to the post."""
    return batches_open_to(post).filter(Q(file=file) | Q(files__file=file)).exists()
