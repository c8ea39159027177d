"""Numbering: official numbers, gapless within a series, voided ones kept with their reason.

Owns Series and Number. Knows nothing of what is numbered. Start at operations.py (`allot`); a series' row lock is the
last lock an operation takes."""
