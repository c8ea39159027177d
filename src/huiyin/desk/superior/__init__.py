"""上级院交办督办: orders of an office above on a lower office's matter, and the matter as they open it for reading.

Owns pages only; what they do stands in matters.operations.superior. Start at views.py."""
