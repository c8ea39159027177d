"""Imports: lists staged in chunks, previewed with row-and-column sentences, then flipped by batch.

Owns Batch and BatchRow and the reading of spreadsheets. Knows nothing of what a row means: each kind of import is
registered from above (`registry.py`). Start at operations.py (`stage`, `choose`, `flip`)."""
