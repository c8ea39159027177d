"""外系统: the systems outside that the office enters its matters in. Owns pages only. Start at views.py."""
