"""Portal: the phone site of deputies, over cards and slips only; no models, no rules.

Knows nothing of matters, people or messages: what is not on a card cannot leak.
Start at auth.py (who is on the phone), then views/suggestions.py."""
