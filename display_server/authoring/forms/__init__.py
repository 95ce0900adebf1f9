"""The editor's form ↔ an item: every field is text until it is saved."""
