"""Writes of this room, in the order a list goes: stage → (restage, attach originals, choose) → flip, or drop."""

from huiyin.imports.operations.choosing import choose, drop
from huiyin.imports.operations.flipping import continue_waiting, flip, go_on
from huiyin.imports.operations.guards import BatchMovedOn, HeaderMissing
from huiyin.imports.operations.originals import attach_originals, match_original
from huiyin.imports.operations.staging import restage, stage
from huiyin.imports.reading.package import UnreadableList

__all__ = [
    "BatchMovedOn", "HeaderMissing", "UnreadableList", "attach_originals", "choose", "continue_waiting", "drop", "flip",
    "go_on", "match_original", "restage", "stage",
]  # fmt: skip
