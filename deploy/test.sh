#!/usr/bin/env bash
# The second README command: install what the checks need, then run every check that CI runs.
#
#   bash deploy/test.sh              everything
#   bash deploy/test.sh tests/kiosk  only these tests (and none of the other checks)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. deploy/install.sh

install_machine python3-venv libgl1 libegl1 libgl1-mesa-dri fonts-noto-cjk fonts-noto-core zbar-tools espeak-ng xvfb chromium libatomic1 git
install_python dev.txt
install_fonts
export PATH="$root/.venv/bin:$PATH" PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1

if [ $# -gt 0 ]; then exec pytest "$@"; fi
step() { local started=$SECONDS; "$@"; say "· $1 ${2:-} ($((SECONDS - started)) s)"; }
step ruff check --quiet --no-cache .
step ruff format --quiet --check .
step lint-imports
step mypy
step pytest -n 2 --dist worksteal
