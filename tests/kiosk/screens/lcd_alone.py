"""`kiosk shots --states` of the LCD board alone: one window is enough to see what the command says and how it ends."""

import sys

from kiosk import cli, shots

if __name__ == "__main__":
    shots.photograph = {"lcd": shots.photograph["lcd"]}
    cli.main(["shots", "--dir", sys.argv[1], "--out", sys.argv[2], "--states"])
