#!/usr/bin/env bash
# The first README command: install what the demonstration needs and start a county.
#
#   bash deploy/demo.sh          server, agents, a touch kiosk, an LCD board, an LED board; ends with Ctrl+C
#   bash deploy/demo.sh --once   walks one visitor through it without a display, leaves demo-shots/*.png, and ends
#   bash deploy/demo.sh --hall   a whole hall: server, three touch kiosks, two LCD and two LED boards; ends with Ctrl+C
#                                (with --once: ends when every screen has drawn, and says what memory it took)
#
# Everything it makes stands in demo-county/ and demo-shots/; it starts afresh each time. All may run at the same time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. deploy/install.sh

case "${1:-}" in
  "" | --once | --hall) ;;
  *) stop "usage: bash deploy/demo.sh [--hall] [--once]" ;;
esac
install_machine python3-venv libgl1 libegl1 libgl1-mesa-dri fonts-noto-cjk fonts-noto-core zbar-tools espeak-ng libzinnia0 tegaki-zinnia-simplified-chinese alsa-utils xvfb xdotool
install_python server.txt kiosk.txt
install_fonts
exec .venv/bin/python -m deploy.demo "$@"
