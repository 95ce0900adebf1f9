"""Python's search for cycles, kept out of touches.

1. With ten thousand items a search through everything takes a tenth of a second, and comes in the middle of a touch. So
   what stands there while nobody is here is set aside: later searches go through what came since, in milliseconds.
2. Before that everything is searched, so nothing that a visitor left is set aside; and again after each visitor, and
   when another edition was read.
"""

import gc


def settle() -> None:
    """Search everything, and set aside what is left. Only while nobody is here."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
