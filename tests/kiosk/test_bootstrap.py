"""Before the first import of Kivy: what an unattended machine needs of it."""

import json
import subprocess
import sys

_prepared = (
    "import json; from kiosk import bootstrap; bootstrap.prepare(540, 960, offscreen=True);"
    "from kivy.config import Config; print(json.dumps(Config.items('input')))"
)


def test_touches_come_from_the_window_alone() -> None:
    """N-13: any other provider of touches would deliver each of them a second time."""
    done = subprocess.run([sys.executable, "-c", _prepared], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == [["mouse", "mouse,disable_multitouch"]]
