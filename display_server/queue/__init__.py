"""The queue of a hall: tickets, windows, calls."""
