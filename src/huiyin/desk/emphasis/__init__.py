"""重点 and 加急: raising and lowering, each with its reason. Owns pages only. Start at views.py."""
