"""Every write of oversight, one verb a file or one thing a file."""
