# A Windows of its own under wine, with a screen of its own, in a folder that is thrown away; sourced after
# ../lib.sh. Defines `scratch` (that folder), `wine`, `user` (its user's folder), `c` (its drive C).
#
# Nothing waits without end, and what was started here is stopped here, whatever happens.

need wine64 gcc-mingw-w64-x86-64-posix

scratch=$(mktemp -d)
export HOME=$scratch/home WINEPREFIX=$scratch/wine WINEDEBUG=-all
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=d;mshtml=d"
# A Chinese user name, as most clerks have.
export LC_ALL=C.UTF-8 USER=向明 LOGNAME=向明
# wine links its user's Documents and Desktop to these.
mkdir -p "$HOME/Documents" "$HOME/Desktop"

# Runs a Windows program, at most five minutes.
wine() { timeout --kill-after=10 300 /usr/lib/wine/wine64 "$@" </dev/null; }

# This prefix's server alone, and with it every program that runs in it.
stop_windows() {
    timeout 20 /usr/lib/wine/wineserver64 -k 2>/dev/null || true
    timeout 20 /usr/lib/wine/wineserver64 -w 2>/dev/null || true
}
leave() {
    stop_windows
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$scratch"
}
trap leave EXIT
trap 'exit 1' INT TERM

begin_screen "$scratch/display"

c=$WINEPREFIX/drive_c
user=$c/users/$USER
# Every program of Rust asks for this library, which wine 8 lacks.
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$scratch/bcryptprimitives.dll" packaging/windows/bcryptprimitives.c -ladvapi32

# A first start that hangs or is left half done is thrown away.
comes_up() {
    stop_windows
    rm -rf "$WINEPREFIX"
    wine wineboot -i >/dev/null 2>&1 && [ -d "$user" ] && cp "$scratch/bcryptprimitives.dll" "$c/windows/system32/" &&
        wine winecfg -v win10 >/dev/null 2>&1 && wine cmd /c ver >"$scratch/ver" 2>/dev/null && grep -q "Windows 10" "$scratch/ver" && return
    echo "it did not come up"
    return 1
}
begin_windows() {
    step "A Windows of its own"
    comes_up || comes_up || comes_up || cannot "wine does not come up here, begun three times"
    tr -d '\r' <"$scratch/ver" | sed '/^$/d'
}
begin_windows
