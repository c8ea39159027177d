"""Desk: the staff site, split by what a person wants; no models, no rules.

Each folder holds urls, views and forms of one subject, with templates/desk/<subject>/. Start at home/."""
