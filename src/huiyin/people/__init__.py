"""People: deputies, members and experts, their mandates and how they are reached.

Owns Person, ContactPoint, Mandate and Tag. Knows nothing of matters. Names are plain and searchable, phones and
addresses are encrypted with a blind index. Start at models.py."""
