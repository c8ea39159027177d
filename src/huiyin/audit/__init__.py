"""Audit: append-only records of who did what to which thing, and the seals over them.

Owns Record and Seal, and `operation`, the transaction every write of the house runs in. Knows nothing of any other
room: actor and target are values, so a record outlives what it describes.
Start at scope.py (one root record an operation), then seals.py (verification)."""
