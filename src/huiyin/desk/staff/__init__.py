"""Staff and posts: the pages of the system and the security administrator, and the colleagues' page of everyone.

Start at people.py (staff and posts), then rights.py (who may do what), locks.py, colleagues.py (AB角)."""
