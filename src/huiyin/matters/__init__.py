"""Matters: the casework engine under suggestions and petitions.

Owns Matter, Undertaking, Deadline, Act, Reply and all that happens to them. Knows nothing of HTTP or of any one kind
of matter: kinds register themselves (`kinds.py`). Start at rules.py (what may happen), then operations/."""
