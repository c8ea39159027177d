"""Config: settings, URLs and the schedule; the only place where rooms are wired together.

Knows nothing of any rule. Start at environment.py (what a machine may set), then settings/base.py."""
