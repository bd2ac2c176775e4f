#!/usr/bin/env bash
# Installs the .deb on this PC, does the sample job with the installed program, opens its window on a
# screen of its own, and removes it again. For Debian 12, as root or with sudo, without xueshi installed.
#
#   packaging/linux/try.sh [DEB]
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/lib.sh
need desktop-file-utils shared-mime-info lintian libegl1 libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 \
    libxkbcommon0 libxkbcommon-x11-0

deb=$(realpath "${1:-$(newest 'target/dist/xueshi_*.deb')}")
! dpkg-query --show xueshi >/dev/null 2>&1 || cannot "xueshi is installed on this PC already, and stays as it is"
scratch=$(mktemp -d)
leave() {
    for started in ${window:-} ${screen:-}; do kill "$started" 2>/dev/null || true; done
    as_root dpkg --purge xueshi >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 1' INT TERM

step "What Debian's own examiner says"
# The C library's symbols and the embedded fonts are as they should be.
lintian --fail-on error "$deb"

step "Install $(basename "$deb"), $(stat -c %s "$deb") bytes"
as_root dpkg --install "$deb" </dev/null
for entry in xueshi xueshi-package; do desktop-file-validate "/usr/share/applications/$entry.desktop"; done
[ -f /usr/share/icons/hicolor/256x256/apps/xueshi.png ] || fail "no icon"

step "The sample job with /usr/bin/xueshi"
export HOME=$scratch/home
mkdir "$HOME"
(cd "$scratch" && timeout 600 /usr/bin/xueshi sample 样例 >sample.txt) || fail "sample"
tail -3 "$scratch/sample.txt"

step "A package's index belongs to it"
index=$(ls "$scratch"/样例/报送包/*高级*/data/目录.xueshi)
grep -q '^application/x-xueshi-package=.*xueshi-package.desktop' /usr/share/applications/mimeinfo.cache || fail "nothing opens it"
grep -q ':\*\.xueshi$' /usr/share/mime/globs2 || fail "it is of no kind"

step "The window"
settings=$HOME/.local/share/xueshi
begin_screen "$scratch/display"
/usr/bin/xueshi --registry "$scratch/样例/登记库" --package "$index" </dev/null >/dev/null 2>&1 &
window=$!
within 600 drawn_again "$settings" || fail "no picture: $(cat "$settings/xueshi.log" 2>/dev/null)"
kill $window
cat "$settings/xueshi.log"

step "Remove"
as_root dpkg --purge xueshi </dev/null
[ ! -e /usr/bin/xueshi ] && [ ! -e /usr/share/applications/xueshi.desktop ] || fail "something was left behind"
[ -f "$scratch/样例/登记库/registry.sqlite3" ] || fail "the registry is gone"

step "Everything holds"
