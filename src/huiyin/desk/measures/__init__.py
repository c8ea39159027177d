"""改进措施: the list with its year, one measure, its notes and its end. Owns pages only. Start at views.py."""
