"""One module per screen: a pure function that lays its page out on a sheet."""
