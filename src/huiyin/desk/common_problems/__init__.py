"""共性问题: the list, one with its suggestions, analysis and rule. Owns pages only. Start at views.py."""
