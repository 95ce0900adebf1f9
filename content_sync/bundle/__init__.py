"""A bundle on a stick: the published tree of some channels, carried by hand; records and receipts beside it."""
