"""The `huiyin` command line: how administrators work. Knows every room; start at main.py."""
