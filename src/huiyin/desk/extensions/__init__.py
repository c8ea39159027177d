"""延期: more time for a matter, from the application to the day its proposer was told. Owns pages only; what they do
stands in matters.operations.extensions and extensions_outside. Start at views.py."""
