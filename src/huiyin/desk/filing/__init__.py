"""Filing: the book's list of papers with what is missing, the file bound into one PDF, the list of files handed over.

Start at views.py (one file), then bundles.py (as one PDF) and register.py (all files of the office)."""
