"""What waits for my signature, what I signed, and objecting to what a clerk recorded for me."""
