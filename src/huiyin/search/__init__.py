"""Search: one module of overlapping character bigrams, exact for two characters and more, on both databases.

Owns the index tables. Knows nothing of what is indexed: rooms above give kind, id, text and the tokens of those who
may see it, so that the reader's sight is part of the query. Start at index.py."""
