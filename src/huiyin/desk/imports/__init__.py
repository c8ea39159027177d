"""Lists on their way in at the desk: upload, check the columns, preview row by row, let them in. Start at views.py.

batch.py builds the page of one list whatever its state, acts.py has one view an act on it."""
