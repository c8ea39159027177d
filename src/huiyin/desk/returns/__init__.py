"""不属本院职责: giving a suggestion back to whoever assigned it. Owns pages only; what they do stands in
suggestions.operations.returns. Start at views.py."""
