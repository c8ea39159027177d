"""Who may open the files of a list: whoever may import its kind in the same office."""

from __future__ import annotations

from django.db.models import Q

from huiyin.files.models import StoredFile
from huiyin.imports.queries import batches_open_to
from huiyin.organisations.models import Post


def may_open_file(post: Post, file: StoredFile) -> bool:
    """Whether the file is a list, or an original that came with a list, of a batch open to the post."""
    return batches_open_to(post).filter(Q(file=file) | Q(files__file=file)).exists()
