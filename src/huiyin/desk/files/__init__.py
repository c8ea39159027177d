"""Opening a stored file."""
