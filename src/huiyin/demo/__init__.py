"""Demo: an invented province with people and matters in every state, built through the same operations as real work.

Knows every room below. Start at offices.py (who), then load.py (what happens)."""
