"""Filing a closed matter: the book's list of papers, what is there, what is missing and why."""
