"""Which pages of a device `kiosk shots` photographs: every screen, and the designed states of SCREENS A7.

1. Everything shown is the device's own content; only tickets, served numbers and waiting people are made up.
2. A screen that the content has nothing for is left out, not filled with something else.
"""
