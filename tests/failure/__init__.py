"""What goes wrong on purpose: a killed server, broken requests, two officers at once."""
