"""撤回: a suggestion taken back in writing by all who brought it. Owns pages only; what they do stands in
suggestions.operations.withdrawals. Start at views.py."""
