"""承诺台账: every promise of the letters that are out, its steps, kept or not. Owns pages only. Start at views.py."""
