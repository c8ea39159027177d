"""并案办理: joining a matter to the one that leads, taking it out again. Owns pages only. Start at views.py."""
