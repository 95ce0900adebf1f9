#!/usr/bin/env bash
# The first README command: install what the demonstration needs and start a county.
#
#   bash deploy/demo.sh          server, agents, a touch kiosk, an LCD board, an LED board; ends with Ctrl+C
#   bash deploy/demo.sh --once   walks one visitor through it without a display, leaves demo-shots/*.png, and ends
#
# Everything it makes stands in demo-county/ and demo-shots/; it starts afresh each time. Both may run at the same time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. deploy/install.sh

case "${1:-}" in
  "" | --once) ;;
  *) stop "usage: bash deploy/demo.sh [--once]" ;;
esac
install_machine python3-venv libgl1 libegl1 libgl1-mesa-dri fonts-noto-cjk zbar-tools xvfb xdotool
install_python server.txt kiosk.txt
install_fonts
exec .venv/bin/python -m deploy.demo "$@"
