"""Rule books at the desk: the stack of the office, a book's content, loading and approving, calendar, calculator.

urls.py is the map; reading.py the pages one reads, changing.py what changes something, wording.py how a rule is said.
"""
