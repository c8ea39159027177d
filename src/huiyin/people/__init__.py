"""People: deputies, members and experts, their mandates and how they are reached.

Owns Person, ContactPoint, Mandate and Tag. Knows nothing of matters: who takes part in what is told from above
(`registry.py`). Names are plain and searchable, phones and addresses are encrypted with a blind index.
Start at models.py, then operations/ (one subject a file) and queries.py."""
