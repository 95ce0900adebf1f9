"""Watching a hall and its duties: lines, windows, devices, figures, cards. Nothing here changes what it watches."""
