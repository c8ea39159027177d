"""Answers laid open to everyone, at the desk: propose, check, approve, take back."""
