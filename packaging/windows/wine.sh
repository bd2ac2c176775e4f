# A Windows of its own under wine, with a screen of its own, in a folder that is thrown away; sourced after
# ../lib.sh. Defines `scratch` (that folder), `wine`, `user` (its user's folder), `c` (its drive C).
#
# Nothing waits without end, and what was started here is stopped here, whatever happens.

need wine64 gcc-mingw-w64-x86-64-posix

scratch=$(mktemp -d)
export HOME=$scratch/home WINEPREFIX=$scratch/wine WINEDEBUG=-all
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=d;mshtml=d"
export LC_ALL=C.UTF-8
# wine links its user's Documents and Desktop to these.
mkdir -p "$HOME/Documents" "$HOME/Desktop"

# Runs a Windows program, at most five minutes.
wine() { timeout --kill-after=10 300 /usr/lib/wine/wine64 "$@" </dev/null; }

stop_windows() {
    # This prefix's server alone, and with it every program that runs in it.
    timeout 20 /usr/lib/wine/wineserver64 -k 2>/dev/null || true
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$scratch"
}
trap stop_windows EXIT
trap 'exit 1' INT TERM

begin_screen "$scratch/display"

step "A Windows of its own"
wine wineboot -i >/dev/null 2>&1 || fail "wineboot"
c=$WINEPREFIX/drive_c
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$c/windows/system32/bcryptprimitives.dll" packaging/windows/bcryptprimitives.c -ladvapi32
user=$(find "$c/users" -mindepth 1 -maxdepth 1 -type d ! -name Public | head -1)
[ -n "$user" ] || fail "this Windows has no user"
wine cmd /c ver | tr -d '\r' | sed '/^$/d'
