"""Exchange: cards out, slips in: all that passes between the inner house and the phones.

Owns OutsideAccount, AccessCode, Card, CardFile and Slip. Knows nothing of what a card shows or a slip means: rooms
above publish cards and register handlers for kinds of slips (`registry.py`).
Start at models.py, then operations.py (`publish`, `receive`)."""
