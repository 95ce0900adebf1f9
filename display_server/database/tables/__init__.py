"""The tables, one module per area, all in one `metadata`. Importing this package declares all of them."""
