"""外系统录入: what is done here and not entered outside, what leaves for there. Owns pages only. Start at views.py."""
