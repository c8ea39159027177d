"""Files: what people upload and what the house renders, kept outside the web root under random names.

Owns StoredFile and Draft (uploads waiting for their form). Knows nothing of what a file belongs to; link tables stand
in the rooms above. Start at operations.py (`store`), then detection.py (type by content)."""
