"""Reading the audit: the audit administrator sees who did what when; an inspector opens content, with a reason.

Start at views.py; wording.py has the Chinese name of every verb."""
