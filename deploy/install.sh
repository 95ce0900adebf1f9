# Sourced by demo.sh and test.sh: bring a Debian 12 machine to where this checkout runs.
#
#   install_machine PACKAGE…        Debian packages that are missing (needs root only when one is)
#   install_python FILE…            .venv/ with exactly the pinned, hashed requirement files
#   install_fonts                   the Simplified Chinese faces out of Debian's collection
#
# Each does nothing when it was done before.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }

install_machine() {
  local lacking=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed' || lacking+=("$name")
  done
  [ ${#lacking[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || stop "This needs Debian 12 (or one like it) with: ${lacking[*]}."
  [ "$(id -u)" -eq 0 ] || stop "Please install these first, as root: apt-get install ${lacking[*]}"
  say "installing: ${lacking[*]}"
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lacking[@]}" >/dev/null 2>"$root/.venv.apt.log" \
    || { tail -n 20 "$root/.venv.apt.log" >&2; stop "apt-get could not install: ${lacking[*]}"; }
  rm -f "$root/.venv.apt.log"
}

install_python() {
  local stamp want file arguments=()
  for file in "$@"; do arguments+=(-r "deploy/requirements/$file"); done
  want=$(cat pyproject.toml "${@/#/deploy/requirements/}" | sha256sum | cut -d' ' -f1)
  stamp=".venv/installed-${*// /-}"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && return
  say "installing Python packages"
  [ -x .venv/bin/python ] || python3 -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${arguments[@]}"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  printf '%s\n' "$want" > "$stamp"
}

install_fonts() {
  [ -f .venv/share/gongkailan/fonts/NotoSansSC-Bold.otf ] || .venv/bin/python deploy/fonts.py .venv/share/gongkailan/fonts
}
