"""Scrubbing freed memory, in a process of its own and read from outside: no freed block keeps the text it held."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kiosk.forgetting import search

pytestmark = pytest.mark.process
_marker = "kqzvwjxyub"
_forgets = """
import sys
from kiosk.app import scrubbing
scrubbing.start_filling()
count, lately = scrubbing._allocator, [[bytes(size - 33) for _ in range(60)] for size in range(48, 513, 16)]
def counted():
    told = count()
    lately.clear()  # given back between counting and taking: these blocks are handed out before the older ones
    return told
scrubbing._allocator = counted
marker = sys.argv[1][::-1]
texts = [marker * (1 + n % 40) + str(n) for n in range(4000)]
marker = ""
print("typed", flush=True)
sys.stdin.readline()
texts.clear()
scrubbing.scrub()
print("scrubbed", flush=True)
sys.stdin.readline()
"""


def test_a_text_given_back_is_overwritten_even_when_other_blocks_were_given_back_after_the_count() -> None:
    """4,000 texts of every size stand in memory; after one scrub not one of them does, in any freed block."""
    words = [sys.executable, "-c", _forgets, _marker[::-1]]
    root = Path(__file__).parents[3]
    with subprocess.Popen(words, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin
        assert child.stdout
        assert child.stdout.readline() == "typed\n"
        assert search.in_memory(child.pid, (_marker,))
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "scrubbed\n"
        assert search.in_memory(child.pid, (_marker,)) == {}
        child.stdin.write("\n")
