"""Regulations: rule books as data, the calendar, and the arithmetic of limits.

Owns the format of rule books, their stacking (national to local), who loaded and who approved a version, the working
calendar, and the pure functions that say until when something is due, why, and when to remind. Knows nothing of
matters, people, HTTP; rules/ and books/ know no Django. Rooms above register dates that a rule moves (registry.py).
Start at rules/ (limits, compute, ladder), then books/ (what a book may say), data/, queries.stack_for, operations/.
"""
