"""Printing papers: each as PDF, as .docx, or as a page for the browser's own printer."""
