"""Every write on suggestions, one verb a file."""
