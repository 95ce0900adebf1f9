"""Typesetting in pure Pillow: Chinese line breaking, measuring, painting lines as masks. No Kivy."""
