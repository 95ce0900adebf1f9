#!/usr/bin/env bash
# The second README command: install what the checks need, then run every check that CI runs.
#
#   bash deploy/test.sh              everything
#   bash deploy/test.sh tests/kiosk  only these tests (and none of the other checks)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. deploy/install.sh

install_machine python3-venv libgl1 libegl1 libgl1-mesa-dri fonts-noto-cjk fonts-noto-core zbar-tools espeak-ng libzinnia0 tegaki-zinnia-simplified-chinese xvfb chromium libatomic1 git
install_python dev.txt
install_fonts
export PATH="$root/.venv/bin:$PATH" PYTHONHASHSEED=0
unset PYTHONDONTWRITEBYTECODE  # hundreds of processes are started: each would compile every module again

# Every commit is durable, so tests wait for the disk thousands of times: what they write lies in memory where there is
# room for it and programs may run from it. Whether bytes outlive a power cut is not theirs to see (the simulation's is).
memory='' types='' typed=''
trap '[ -z "$types" ] || kill -- "-$types" 2>/dev/null; rm -rf ${memory:+"$memory"} ${typed:+"$typed"}' EXIT
memory=$(mktemp -d /dev/shm/gongkailan-tests.XXXXXX 2>/dev/null) || memory=
if [ -n "$memory" ]; then
  printf '#!/bin/sh\n' > "$memory/runs" && chmod +x "$memory/runs"
  free=$(df --output=avail -m "$memory" | tail -n 1)
  if [ "$free" -gt 2000 ] && "$memory/runs" 2>/dev/null; then export TMPDIR="$memory"; fi
fi

if [ $# -gt 0 ]; then pytest "$@"; exit; fi
step() {
  local started=$SECONDS status=0
  "$@" || status=$?
  say "· $1 ${2:-} ($((SECONDS - started)) s)"
  return $status
}
typed=$(mktemp)
set -m  # a group of its own, which ends whole when this is interrupted
step mypy >"$typed" 2>&1 &  # beside what takes one processor
types=$! failed=0
set +m
step ruff check --quiet --no-cache .
step ruff format --quiet --check .
step lint-imports
pytest --collect-only -qq >/dev/null || true  # compiles every test: each worker would do it; what is wrong the tests say
# One worker more than processors: a third of the time tests wait for processes, for the glass and for the disk.
step pytest -n $(($(nproc) + 1)) --dist worksteal || failed=1
wait $types || failed=1
types=''
cat "$typed"
exit $failed
