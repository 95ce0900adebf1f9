"""Kivy: draws frames and reports touches. No wording, no rule, no layout, no I/O."""
