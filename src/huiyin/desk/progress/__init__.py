"""办理进度表: laid out, written line by line, signed off, taken away. Owns pages only; what they do stands in
suggestions.operations.progress. Start at views.py."""
