"""Web: what all faces share: page decorators, acting post, pager, forms, downloads, errors. No rules.

Start at pages.py (`desk_page`: signed in, one permission, audit context)."""
