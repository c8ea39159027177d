"""Every write of the exchange: accounts, one-time codes, cards out, slips in."""

from huiyin.exchange.operations.access import ask_code, enter, forget_codes
from huiyin.exchange.operations.accounts import PhoneTaken, close_account, open_account
from huiyin.exchange.operations.cards import CardContent, announce_front, mark_read, publish, withdraw
from huiyin.exchange.operations.copies import forget_copies, read_copy
from huiyin.exchange.operations.slips import handle_waiting, receive

__all__ = [
    "CardContent",
    "PhoneTaken",
    "announce_front",
    "ask_code",
    "close_account",
    "enter",
    "forget_codes",
    "forget_copies",
    "handle_waiting",
    "mark_read",
    "open_account",
    "publish",
    "read_copy",
    "receive",
    "withdraw",
]
