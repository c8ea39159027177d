"""Pages of the phone site. Start at suggestions.py: what a deputy came for."""
