#!/usr/bin/env bash
# Installs the .deb on this PC, does the sample job with the installed program, and removes it again.
# Needs root and no installed xueshi.
#
#   packaging/linux/try.sh [DEB]
set -euo pipefail
cd "$(dirname "$0")/../.."
deb=${1:-$(ls -t target/dist/xueshi_*.deb | head -1)}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
step() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*"; exit 1; }

dpkg-query --show xueshi >/dev/null 2>&1 && fail "xueshi is installed already"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"; as_root dpkg --purge xueshi >/dev/null 2>&1 || true' EXIT

step "Install $deb"
as_root dpkg --install "$deb"
if command -v desktop-file-validate >/dev/null; then
    desktop-file-validate /usr/share/applications/xueshi.desktop
fi

step "The sample job with /usr/bin/xueshi"
(cd "$scratch" && /usr/bin/xueshi sample 样例 >sample.txt) || fail "sample"
tail -3 "$scratch/sample.txt"

step "Remove"
as_root dpkg --purge xueshi
[ ! -e /usr/bin/xueshi ] && [ ! -e /usr/share/applications/xueshi.desktop ] || fail "something was left behind"
[ -f "$scratch/样例/登记库/registry.sqlite3" ] || fail "the registry is gone"
step "Everything holds"
