"""Ratings: the returned form scanned on one screen, calls owed, redo and close."""
