"""The register of matters and the page of one matter; other subjects add their sections to it (sections.py)."""
