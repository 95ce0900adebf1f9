"""One voice at a time on a machine: a call of the hall comes first, reading aloud waits for it.

1. Who calls holds the turn while bell and words sound; it never waits for anybody.
2. Who reads looks before each sentence and while one is said: while a call sounds the sentence is broken off, and it is
   said anew when the call is over. Nobody misses a number because a neighbour is being read to.
3. The turn is a name of the machine's own (an abstract socket): no file, no owner, gone with the process that holds it,
   however that ends. Where it cannot be had, each speaks as if it were alone.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

usual = "\0gongkailan/voice"


@contextmanager
def calling(name: str = usual) -> Iterator[None]:
    """Rule 1."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as turn:
        with suppress(OSError):
            turn.bind(name)
        yield


def is_called(name: str = usual) -> bool:
    """Whether a call sounds now (rule 2)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(name)
        except OSError:
            return False
    return True
