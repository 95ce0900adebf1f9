#!/usr/bin/env bash
# Resolve pyproject.toml anew into the three pinned files. Needs `uv` on the machine of the developer who runs it.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=deploy/requirements
make() { # make OUT ARGUMENT…
  local out=$1; shift
  uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 "$@" -o "$out"
}
ground=$(mktemp -d); trap 'rm -rf "$ground"' EXIT
printf 'hatchling\neditables\n' > "$ground/build.in"   # the editable install is built without isolation, hence pinned too
printf 'fonttools\n' > "$ground/fonts.in"              # takes the SC face out of Debian's font collection
make "$ground/all.txt" pyproject.toml --extra kiosk --extra server --group dev "$ground/build.in" "$ground/fonts.in"
sed -n 's/^\([a-z0-9._-]*==[^ ]*\).*/\1/p' "$ground/all.txt" > "$ground/pins.txt"
make "$here/kiosk.txt" pyproject.toml --extra kiosk "$ground/build.in" "$ground/fonts.in" -c "$ground/pins.txt"
make "$here/server.txt" pyproject.toml --extra server "$ground/build.in" -c "$ground/pins.txt"
make "$here/dev.txt" pyproject.toml --extra kiosk --extra server --group dev "$ground/build.in" "$ground/fonts.in" -c "$ground/pins.txt"
