"""The boards: reading the two stores, the LCD's window (Kivy), the LED's pictures (Pillow)."""
