"""Gongwen: official papers as one structure with several writers and one reader.

Owns what a letter, a form and a register are on paper (GB/T 9704-2012), their .docx, HTML and PDF, reading a letter
back from the .docx a drafter edited, the marked-up draft, and the wording each kind of addressee wants.
Knows nothing of Django, of matters or of who signs. Start at structure.py, then docx.py, html.py and reader.py.
"""
