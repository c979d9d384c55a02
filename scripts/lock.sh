#!/bin/sh
# Pin the dependencies of pyproject.toml in requirements.lock, requirements-zensical.lock,
# requirements-dev.lock, requirements-csvw.lock and requirements-audit.lock.
#
# Versions pinned already stay where they still fit; --upgrade takes the newest of all,
# --upgrade-package NAME of one. Uses the uv on PATH, or one of its own in .venv-dev.

set -eu
unset CDPATH
cd "$(dirname "$0")/.."

if uv --version >/dev/null 2>&1; then
  uv=uv
else
  uv=.venv-dev/bin/uv
  if [ ! -x "$uv" ]; then
    sh scripts/setup.sh runtime # finds a Python and makes .venv, whose Python serves here
    .venv/bin/python -m venv .venv-dev
    .venv-dev/bin/python -m pip install --quiet --disable-pip-version-check uv
  fi
fi

"$uv" pip compile pyproject.toml --group build --quiet --universal --generate-hashes \
  --python-version 3.11 --no-header "$@" -o requirements.lock
# What is installed into the same environment: the engine on request, and what checks and tests.
"$uv" pip compile pyproject.toml --group build --quiet --extra zensical -c requirements.lock \
  --universal --generate-hashes --python-version 3.11 --no-header "$@" -o requirements-zensical.lock
"$uv" pip compile pyproject.toml --quiet --extra zensical --group dev -c requirements.lock \
  --universal --generate-hashes --python-version 3.11 --no-header "$@" -o requirements-dev.lock
# Only the group, which is not installed beside the others.
for group in csvw audit; do
  "$uv" pip compile --group "pyproject.toml:$group" --quiet --universal --generate-hashes \
    --python-version 3.11 --no-header "$@" -o "requirements-$group.lock"
done

# The locks hold names, versions and hashes; where packages come from is each machine's own matter.
if grep -n '://' requirements.lock requirements-*.lock >&2; then
  printf '%s\n' "lock.sh: a lock file holds an address (above); take it out before committing." >&2
  exit 1
fi
