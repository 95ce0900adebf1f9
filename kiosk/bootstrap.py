"""Before the first import of Kivy: how it may behave on an unattended machine (SCREENS B1, B2).

1. Nothing is read from or written to a home folder; no log files; no arguments are taken by Kivy. Where no temporary
   folder takes a file, the full disk's place is taken by memory.
2. Touches come from the window alone: other input providers deliver a touch twice (N-13).
3. No screen saver, no multisampling (pictures are the same everywhere), no exit by a key.
"""

import atexit
import logging
import os
import shutil
import tempfile

_settings = {
    "graphics": {"multisamples": "0", "allow_screensaver": "0", "resizable": "0", "maxfps": "30", "show_cursor": "0"},
    "kivy": {"exit_on_escape": "0", "keyboard_mode": "", "log_enable": "0"},
}


def prepare(width: int, height: int, *, offscreen: bool = False, fullscreen: bool = False) -> None:
    """Set up the process for one window of this size. Must run before anything imports kivy."""
    home = _home()  # rule 1
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(KIVY_HOME=home, KIVY_NO_CONFIG="1", KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_LOG_MODE="PYTHON")
    if offscreen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kivy.config import Config

    logging.getLogger("kivy").setLevel(logging.CRITICAL)  # absent input drivers are no news: rule 2 drops them all
    for section, values in _settings.items():
        for name, value in values.items():
            Config.set(section, name, value)
    Config.set("graphics", "width", str(width))
    Config.set("graphics", "height", str(height))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "borderless", "1" if fullscreen else "0")
    for name, _ in Config.items("input"):  # rule 2
        Config.remove_option("input", name)
    Config.set("input", "mouse", "mouse,disable_multitouch")


def _home() -> str:
    """An empty folder for this process alone (rule 1)."""
    try:
        return tempfile.mkdtemp(prefix="kiosk-")
    except OSError:  # no temporary folder takes a file
        return tempfile.mkdtemp(prefix="kiosk-", dir="/dev/shm")  # memory; the folder is made for us alone
