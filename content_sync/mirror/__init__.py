"""A relay's copy of published trees: every byte as it was signed, verified before anybody else reads it."""
