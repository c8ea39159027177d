"""Disclosure: what the office lays open to everyone, checked before it leaves.

Owns Publication, the public copy of an answer to a deputy, from proposal to taking back. Knows nothing of HTTP, and of
the phone site no more than the card it sends. Start at rules.py (what may not leave), then operations.py."""
