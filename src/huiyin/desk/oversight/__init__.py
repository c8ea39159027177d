"""审议意见和监督: the list, registering each kind, its opinions, its end, its sheet."""
