"""Organisations: who acts for which office, and in which post.

Owns the tree of procuratorates, departments, staff, posts with their substitutes, the three administrators' seats,
congress bodies, and the table of verbs (who may do what). Knows nothing of matters.
Start at models.py, then permissions.py (`require`)."""
