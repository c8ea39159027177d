"""Recording contacts, urging assistants, giving assisting opinions."""
