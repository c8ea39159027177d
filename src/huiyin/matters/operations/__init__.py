"""Every write on a matter that all kinds share, one subject a file."""
