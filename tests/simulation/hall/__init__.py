"""Whole days of a hall: a server, kiosks, windows and a board, with everything that goes wrong."""
