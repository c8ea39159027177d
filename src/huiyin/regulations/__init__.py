"""Regulations: rule books as data, the calendar, and the arithmetic of limits.

Owns the format of rule books, their stacking (national to local), the working calendar, and the pure functions that
say until when something is due, why, and when to remind. Knows nothing of matters, people, HTTP; below models.py
nothing here knows Django. Start at rules/ (limits, compute, ladder), then books/ (what a book may say), then data/.
"""
