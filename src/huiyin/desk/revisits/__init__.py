"""回访: which are owed, what was said, which are owed again. Owns pages only. Start at views.py."""
