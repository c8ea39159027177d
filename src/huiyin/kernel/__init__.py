"""Kernel: the small pure tools that every other room stands on.

Owns refusals, text, identity checks, months, identifiers and encryption. Knows nothing of procuratorates, matters,
HTTP or, but for the two model fields in fields.py, of Django. Every file can be read alone; start at refusals.py.
"""
