#!/bin/sh
# Install what the Makefile's targets need: scripts/setup.sh runtime|dev|csvw|audit|fonts|browser|tools
#
#   runtime  .venv with the program and the locked packages that it builds the site with
#   dev      the same and the tools that check and test it; for another folder than .venv:
#            scripts/setup.sh dev FOLDER
#   csvw     .venv-csvw with a locked reader of CSV on the Web, which cannot live beside the others
#   audit    .venv-audit with the locked tools that look at the packages themselves
#   fonts    a Chinese font, for charts drawn as PNG
#   browser  a Chinese font, Chromium and the other programs that the tests run; prints the browser's
#            path
#   tools    node_modules with the locked checkers of scripts and pages: Biome, axe, Lighthouse, Nu
#            validator
#
# What is there already is used. What is missing is installed if that can be done without asking
# anybody; otherwise one sentence says what to do. All messages go to standard error.

set -eu
unset CDPATH
cd "$(dirname "$0")/.."

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "setup.sh: $*"
  exit 1
}

# --- Debian's packages ---------------------------------------------------------------------------

has() {
  command -v "$1" >/dev/null 2>&1
}

can_use_apt() {
  has apt-get && [ "$(id -u)" -eq 0 ]
}

# One at a time: the Makefile makes several environments side by side.
apt_install() {
  say "Installing with apt-get: $*"
  (
    flock 9
    apt-get update -qq >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  ) 9<scripts/setup.sh
}

# Install Debian packages or tell how: need_packages WHAT PACKAGE...
need_packages() {
  what=$1
  shift
  if can_use_apt; then
    apt_install "$@" || fail "$what could not be installed by: apt-get install $*"
  elif has apt-get; then
    fail "$what is missing; install it by: sudo apt-get install $*"
  else
    fail "$what is missing; install it with your system's package manager (Debian's name: $*)."
  fi
}

# --- Python and its environments -----------------------------------------------------------------

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# A list of names, or the one path that the variable PYTHON gives.
find_python() {
  if [ -n "${PYTHON:-}" ]; then
    is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or newer."
    printf '%s\n' "$PYTHON"
    return
  fi
  for candidate in python3.13 python3.12 python3.11 python3.14 python3; do
    if is_new_enough "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "Python 3.11 or newer is missing; install it (Debian 12: apt-get install python3" \
    "python3-venv; elsewhere: https://www.python.org/downloads/) or name it by PYTHON=/path/to/python3."
}

# make_venv FOLDER
make_venv() {
  if [ -x "$1/bin/python" ] && is_new_enough "$1/bin/python" &&
    "$1/bin/python" -m pip --version >/dev/null 2>&1; then
    return
  fi
  python=$(find_python)
  if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    need_packages "The venv module of Python $version" "python$version-venv"
  fi
  say "Making $1 with $("$python" --version)"
  "$python" -m venv --clear "$1"
}

# install_locked FOLDER -r LOCK...
install_locked() {
  venv=$1
  shift
  say "Installing the locked packages into $venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes "$@"
}

# The program itself, as it lies here: every edit takes effect at once.
install_program() {
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
    --no-build-isolation --editable .
}

setup_runtime() {
  make_venv .venv
  install_locked .venv -r requirements.lock
  install_program .venv
  touch .venv/.runtime-installed
}

# Both locks at once, so that pip refuses them if they disagree.
setup_dev() {
  venv=${1:-.venv}
  make_venv "$venv"
  install_locked "$venv" -r requirements.lock -r requirements-dev.lock
  install_program "$venv"
  touch "$venv/.runtime-installed" "$venv/.dev-installed"
}

setup_csvw() {
  make_venv .venv-csvw
  install_locked .venv-csvw -r requirements-csvw.lock
  touch .venv-csvw/.csvw-installed
}

setup_audit() {
  make_venv .venv-audit
  install_locked .venv-audit -r requirements-audit.lock
  touch .venv-audit/.audit-installed
}

# --- Fonts and the browser -----------------------------------------------------------------------

has_chinese_font() {
  [ "$(uname -s)" = Darwin ] || [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]
}

setup_fonts() {
  has_chinese_font || need_packages "A Chinese font" fontconfig fonts-noto-cjk
}

# Some systems have a "chromium" or a "java" that only says how to install it, so each candidate has
# to answer.
works() {
  has "$1" && "$1" "${2:---version}" >/dev/null 2>&1
}

# Debian keeps servers where only root looks for programs.
has_nginx() {
  has nginx || [ -x /usr/sbin/nginx ]
}

has_nginx_brotli() {
  ! has apt-get || [ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ]
}

has_libreoffice() {
  has soffice || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]
}

# Debian starts a server that it installs; the tests start their own.
keep_idle() {
  ! has systemctl || systemctl disable --quiet --now "$1" >/dev/null 2>&1 || true
}

has_node() {
  works node && works npm
}

setup_programs() {
  missing=
  has git || missing="$missing git"
  has_libreoffice || missing="$missing libreoffice-calc"
  has pdftotext || missing="$missing poppler-utils"
  works java -version || missing="$missing default-jre-headless"
  has_node || missing="$missing nodejs npm"
  has_nginx || missing="$missing nginx-light"
  has_nginx_brotli || missing="$missing libnginx-mod-http-brotli-static"
  has caddy || missing="$missing caddy"
  has wrk || missing="$missing wrk"
  # Without quotes: a list of names.
  [ -z "$missing" ] || need_packages "A program that the tests run" $missing
  case $missing in *nginx-light*) keep_idle nginx ;; esac
  case $missing in *caddy*) keep_idle caddy ;; esac
}

# Where Playwright keeps the Chromium that it downloads, whether that is there or not.
playwright_chromium() {
  [ -x .venv/bin/playwright ] || return 0
  .venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
' 2>/dev/null || true
}

find_browser() {
  if [ -n "${CHROMIUM:-}" ]; then
    works "$CHROMIUM" || fail "CHROMIUM=$CHROMIUM is not a browser that runs."
    command -v "$CHROMIUM"
    return
  fi
  for candidate in chromium-headless-shell chromium chromium-browser google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if works "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
  downloaded=$(playwright_chromium)
  works "$downloaded" && printf '%s\n' "$downloaded"
}

# The same Chromium without windows, menus and their processes takes half of the processor.
install_headless_shell() {
  can_use_apt && apt_install chromium-headless-shell 2>/dev/null
}

install_browser() {
  if can_use_apt && apt_install chromium && find_browser >/dev/null; then
    return
  fi
  if [ -x .venv/bin/playwright ] && .venv/bin/playwright install chromium >&2 &&
    find_browser >/dev/null; then
    return
  fi
  fail "No Chromium or Google Chrome is here and none could be installed; install one (Debian:" \
    "sudo apt-get install chromium) or name it by CHROMIUM=/path/to/browser."
}

setup_browser() {
  setup_programs
  setup_fonts
  [ -n "${CHROMIUM:-}" ] || has chromium-headless-shell || install_headless_shell || true
  if ! browser=$(find_browser); then
    [ -z "${CHROMIUM:-}" ] || exit 1 # find_browser has said why
    install_browser
    browser=$(find_browser)
  fi
  printf '%s\n' "$browser"
}

# --- Checkers of scripts and pages ---------------------------------------------------------------

# Their install scripts are not run: what they would fetch or build, a Java for one, is not locked.
setup_tools() {
  has_node || need_packages "Node.js" nodejs npm
  say "Installing the locked checkers into node_modules"
  npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2 ||
    fail "npm ci failed; what it said stands above."
  touch node_modules/.tools-installed
}

case ${1:-} in
  runtime) setup_runtime ;;
  dev) setup_dev "${2:-}" ;;
  csvw) setup_csvw ;;
  audit) setup_audit ;;
  fonts) setup_fonts ;;
  browser) setup_browser ;;
  tools) setup_tools ;;
  *)
    say "usage: scripts/setup.sh runtime|dev|csvw|audit|fonts|browser|tools"
    exit 2
    ;;
esac
