"""Who assigns suggestions to the office and which outside units take part (交办机关和外单位).

Start at views.py; rows.py says how often each is used, missing.py what a page says while there is none."""
