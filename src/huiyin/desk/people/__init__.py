"""Deputies and members at the desk: the register, one person's page, phones that show themselves only on request.

Start at register.py and page.py; entering.py, mandates.py and contacts.py write. What a post may not know is withheld
by the view, never by the template."""
