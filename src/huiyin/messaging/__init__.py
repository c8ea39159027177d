"""Messaging: rows before packets. One-time codes, reminders, and "your letter is issued".

Owns Message (the outbox), Binding and Receipt, the in-site channel and the simulated phone. Knows nothing of what
causes a message. Start at operations.py (`queue`), then drain.py (claim, send, settle)."""
