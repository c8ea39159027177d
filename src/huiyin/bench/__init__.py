"""Bench: timings as ratios against a reference measured in the same run; never part of a test.

Knows every room. Start at deadlines.py."""
