"""Portal: the phone site of deputies, over cards and slips only; no models, no rules.

Start at views.py. What is not on a card cannot leak."""
