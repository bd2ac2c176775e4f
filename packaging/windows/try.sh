#!/usr/bin/env bash
# Installs the Windows program under wine, uses it, compares its work with the Linux program's, and
# uninstalls it. Leaves a picture in packaging/windows/wine.png. For Debian 12, as root or with sudo.
#
#   packaging/windows/try.sh [SETUP.exe] [XUESHI]
#
# SETUP.exe: default the newest in target/dist. XUESHI: the Linux program to compare with; default
# target/release/xueshi, else it is built here.
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$PWD

step() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*"; exit 1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

needed=(wine64 xvfb xauth xdotool imagemagick libgl1-mesa-dri libgl1 gcc-mingw-w64-x86-64-posix python3-openpyxl sqlite3 unzip)
missing=()
for package in "${needed[@]}"; do
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    step "Install ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

setup=$(realpath "${1:-$(ls -t target/dist/xueshi-*-setup.exe | head -1)}")
linux=${2:-target/release/xueshi}
[ -x "$linux" ] || { cargo build --locked; linux=target/debug/xueshi; }
linux=$(realpath "$linux")

scratch=$(mktemp -d)
export HOME=$scratch/home WINEPREFIX=$scratch/wine WINEDEBUG=-all
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree=d;mshtml=d"
export LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
wine=/usr/lib/wine/wine64
mkdir -p "$HOME/Documents" "$HOME/Desktop" "$scratch/w" "$scratch/l"
stop() {
    [ -z "${window:-}" ] || kill "$window" 2>/dev/null || true
    /usr/lib/wine/wineserver64 -k 2>/dev/null || true
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$scratch"
}
trap stop EXIT

Xvfb -displayfd 3 -screen 0 1376x800x24 3>"$scratch/display" 2>/dev/null &
screen=$!
until [ -s "$scratch/display" ]; do sleep 0.1; done
DISPLAY=:$(cat "$scratch/display")
export DISPLAY

step "A Windows of its own"
$wine wineboot -i >/dev/null 2>&1
c=$WINEPREFIX/drive_c
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$c/windows/system32/bcryptprimitives.dll" packaging/windows/bcryptprimitives.c -ladvapi32
echo "a Windows 7 is refused:"
[ "$($wine cmd /c ver | grep -c 'Windows 6.1')" = 0 ] || { status=0; $wine "$setup" /S || status=$?; [ $status = 2 ] || fail "exit status $status"; echo "exit status 2"; }
$wine winecfg -v win10
user=$(find "$c/users" -mindepth 1 -maxdepth 1 -type d ! -name Public)
home=$user/AppData/Local/Programs/学时
exe=$home/xueshi.exe

step "Install silently: $(basename "$setup"), $(stat -c %s "$setup") bytes"
# The wrong kind of installer ends well and installs nothing: look for the files.
$wine "$setup" /S
for file in "$exe" "$home/uninstall.exe" "$home/LICENSE.txt"; do [ -f "$file" ] || fail "not there: $file"; done
[ -f "$HOME/Desktop/学时.lnk" ] || fail "no shortcut on the desktop"
find "$user/AppData" -name '学时.lnk' | grep -q . || fail "no shortcut in the Start menu"
ls -l "$home"

# Each command with both programs, each in a folder of its own; the words must be the same.
both() {
    local w=0 l=0 slash='s/\\/\//g'
    (cd "$scratch/w" && $wine "$exe" "$@" >"$scratch/w.out" 2>"$scratch/w.err") || w=$?
    (cd "$scratch/l" && "$linux" "$@" >"$scratch/l.out" 2>"$scratch/l.err") || l=$?
    [ "$w" = "$l" ] || { cat "$scratch"/[wl].err; fail "$1: exit status $w under wine, $l on Linux"; }
    if diff -q <(sed "$slash" "$scratch/w.out" | tr -d '\r') <(sed "$slash" "$scratch/l.out") >/dev/null; then
        echo "$1: exit status $w, same words ($(wc -l <"$scratch/l.out") lines)"
    else
        echo "$1: exit status $w, other words:"
        diff <(sed "$slash" "$scratch/w.out" | tr -d '\r') <(sed "$slash" "$scratch/l.out") | head -${words:-6} || true
    fi
}

step "Commands, with Linux beside them"
both --version
both notices
both workdays --posted 2020-08-17 --json
time both sample 样例
python3 tests/make_workbook.py "$scratch/人员" --people 20 >/dev/null
both new 登记库 --unit 湘西自治州某某医院 --kind 州直 --department 湘西自治州卫生健康委员会
both import 登记库 "$scratch/人员/登记.xlsx" --skip-bad-rows --json
both hours 登记库 --json
both check 登记库 --campaign 2020 --json --today 2020-08-10
both review 登记库 --campaign 2020 --result 合格 --by 向明 --today 2020-08-10
both publicity 登记库 --campaign 2020 --level 高级 --posted 2020-08-10
both publicity 登记库 --campaign 2020 --level 高级 --close 2020-08-17 --today 2020-08-18
both export 登记库 summary --campaign 2020 --level 高级 --out 汇总表.pdf --today 2020-08-18
both export 登记库 summary --campaign 2020 --level 高级 --out 汇总表.xlsx --today 2020-08-18
mkdir "$scratch/w/包" "$scratch/l/包"
both package 登记库 --campaign 2020 --level 高级 --out 包 --today 2020-08-18
both doctor 登记库
w=$(ls -d "$scratch"/w/包/*/) l=$(ls -d "$scratch"/l/包/*/)
[ "$(basename "$w")" = "$(basename "$l")" ] || fail "the packages have different names"

step "Each program checks the other's package"
(cd "$scratch" && $wine "$exe" verify "l/包/$(basename "$l")" && "$linux" verify "$w")

step "The same bytes?"
(cd "$scratch/w" && find . -type f ! -name '*.sqlite3*' ! -path './样例/*/backups/*' | sort) >"$scratch/w.files"
(cd "$scratch/l" && find . -type f ! -name '*.sqlite3*' ! -path './样例/*/backups/*' | sort) >"$scratch/l.files"
diff "$scratch/w.files" "$scratch/l.files" || fail "not the same files"
same=0 other=()
while read -r file; do
    if cmp -s "$scratch/w/$file" "$scratch/l/$file"; then same=$((same + 1)); else other+=("$file"); fi
done <"$scratch/w.files"
echo "$same files are the same, byte for byte; ${#other[@]} are not:"
printf '%s\n' "${other[@]}" | sed 's/.*\///' | sort | uniq -c | sort -rn | head -20

# Opens the window and waits for its first picture; the folder of its settings comes first.
open_window() {
    local settings=$1 start started
    for start in 1 2 3; do
        started=$(date +%s%N)
        $wine "${@:2}" >"$scratch/window.out" 2>&1 &
        window=$!
        until [ -f "$settings/renderer-worked" ]; do
            sleep 0.05
            kill -0 $window 2>/dev/null || break
            [ $(($(date +%s%N) - started)) -lt 120000000000 ] || fail "no picture after two minutes"
        done
        if [ -f "$settings/renderer-worked" ]; then
            echo "start $start: first picture after $((($(date +%s%N) - started) / 1000000)) ms, by $(cat "$settings/renderer-worked")"
            return
        fi
        echo "start $start vanished while trying $(cat "$settings/renderer-trying")"
    done
    cat "$scratch/window.out"
    fail "no start came to a picture"
}

step "The window"
# wine's DirectX 12 cannot draw and takes the whole program with it, as a bad driver does: what was being
# tried is then left written down, and the next start comes up with another renderer.
cp -r "$scratch/w/样例" "$HOME/Documents/样例"
settings=$user/AppData/Local/xueshi
open_window "$settings" "$exe" --registry "$HOME/Documents/样例/登记库" --today 2020-08-10
[ ! -e "$settings/renderer-trying" ] || fail "the marker is still there"

step "Installing and uninstalling while it is open are refused"
for file in "$setup" "$home/uninstall.exe"; do
    status=0
    if [ "$file" = "$setup" ]; then
        $wine "$file" /S || status=$?
    else
        # By _? it does its work itself instead of leaving it to a copy, whose status nobody sees.
        $wine "$file" /S "_?=$($wine winepath -w "$home" | tr -d '\r')" || status=$?
    fi
    [ $status = 5 ] || fail "$(basename "$file"): exit status $status, not 5"
    [ -f "$exe" ] || fail "the program is gone"
    echo "$(basename "$file"): exit status 5"
done

step "Started again: the window that is there comes forward"
timeout 60 $wine "$exe" && echo "exit status 0" || fail "a second window, or none"

step "Chinese is typed, and found in the database"
id=$(xdotool search --onlyvisible --class xueshi | head -1)
xdotool windowfocus --sync "$id" || true
xdotool key ctrl+k
sleep 1
xdotool type --delay 200 石
sleep 2
xdotool key Return # the one person of that name: the handbook
sleep 2
import -window root -strip "$scratch/wine.png"
xdotool key ctrl+8 # 设置
sleep 2
eval "$(xdotool getwindowgeometry --shell "$id")"
xdotool mousemove $((X + 645)) $((Y + 273)) click 1 # 经办人
sleep 1
xdotool key ctrl+a
xdotool type --delay 200 田䶮
xdotool key Tab
sleep 2
read -r contact < <(sqlite3 -readonly "$HOME/Documents/样例/登记库/registry.sqlite3" 'SELECT contact FROM unit')
[ "$contact" = 田䶮 ] || { import -window root "$repository/target/wine-failed.png"; fail "经办人 is $contact"; }
echo "经办人 in the database: $contact"
convert "$scratch/wine.png" -colors 64 -define png:compression-level=9 PNG8:"$repository/packaging/windows/wine.png"
ls -l "$repository/packaging/windows/wine.png"
xdotool key alt+F4
wait $window || true
window=

step "Uninstall; the registry stays"
$wine "$home/uninstall.exe" /S
for _ in $(seq 100); do [ -e "$home" ] || break; sleep 0.1; done
[ ! -e "$home" ] || fail "left behind: $(ls "$home")"
[ ! -e "$HOME/Desktop/学时.lnk" ] || fail "the shortcut is still there"
$wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Xueshi' >/dev/null 2>&1 && fail "still in the list of programs"
"$linux" doctor "$HOME/Documents/样例/登记库"

step "Portable: everything beside the program"
zip=$(ls -t "$(dirname "$setup")"/xueshi-*-portable.zip 2>/dev/null | head -1)
if [ -n "$zip" ]; then
    (cd "$scratch" && unzip -q "$zip")
    cp -r "$HOME/Documents/样例/登记库" "$scratch/carried"
    portable=$(ls -d "$scratch"/xueshi-*-portable)
    mkdir "$portable/数据"
    mv "$scratch/carried" "$portable/数据/登记库"
    open_window "$portable/数据/设置" "$portable/xueshi.exe" --today 2020-08-10
    sleep 2
    [ -e "$portable/数据/登记库/registry.sqlite3-wal" ] || fail "the registry beside it was not opened"
    [ ! -e "$settings" ] || fail "something was written on the PC: $settings"
    echo "its registry is open, its settings lie beside it"
fi

step "Everything holds"
