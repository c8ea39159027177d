"""A letter at the desk: writing it, signing it beside the original, and every step until it is out."""
