"""Casework at size: a house of its own filled with so many matters, then its pages and its search beside their floors.

Knows every room; touches no house at work. Start at run.py (the order of things); fill.py makes the matters, bulk.py
puts them in, pages.py and searching.py measure."""
