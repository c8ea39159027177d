"""督办: departments worth pressing, orders and their reports. Owns pages only; what they do stands in
matters.operations.supervisions. Start at views.py."""
