#!/bin/sh
# Run the unit tests on every supported Python that is here, other than that of .venv, which runs all
# tests; each has an environment of its own, .venv-python3.NN. Then say which were tried.

set -eu
unset CDPATH
cd "$(dirname "$0")/.."

supported="3.11 3.12 3.13 3.14"

version_of() {
  "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

main=$(version_of .venv/bin/python)
tried=
missing=
for version in $supported; do
  [ "$version" != "$main" ] || continue
  if [ "$(version_of "python$version")" != "$version" ]; then
    missing="$missing $version"
    continue
  fi
  venv=.venv-python$version
  locks=$(find requirements.lock requirements-dev.lock pyproject.toml -newer "$venv/.dev-installed" 2>&1 || true)
  [ -z "$locks" ] || PYTHON="python$version" sh scripts/setup.sh dev "$venv"
  "$venv/bin/python" -m pytest -q -n auto --dist worksteal tests/unit
  tried="$tried $version"
done

printf 'All tests run on Python %s.' "$main"
[ -z "$tried" ] || printf ' The unit tests passed on%s too.' "$tried"
[ -z "$missing" ] || printf ' Not here, so not tried:%s.' "$missing"
printf '\n'
