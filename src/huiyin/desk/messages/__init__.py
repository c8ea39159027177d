"""The bell: what the house told the post I act in.

Knows nothing of what caused a message; each carries its own link. Start at views.py."""
