#!/usr/bin/env bash
# Installs the Windows program under wine, uses it, compares its work with the Linux program's, and
# uninstalls it. Leaves pictures in target/wine/. For Debian 12, as root or with sudo; some minutes.
#
#   packaging/windows/try.sh [SETUP.exe] [XUESHI]
#
# SETUP.exe: default the newest in target/dist. XUESHI: the Linux program to compare with; default
# target/release/xueshi, else it is built here.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/lib.sh
need xdotool x11-xserver-utils imagemagick python3-openpyxl sqlite3 unzip

setup=${1:-$(newest 'target/dist/xueshi-*-setup.exe')}
[ -f "$setup" ] || fail "no installer: packaging/windows/build.sh makes one"
setup=$(realpath "$setup")
linux=${2:-target/release/xueshi}
[ -x "$linux" ] || cargo build --release --locked --bin xueshi
linux=$(realpath "$linux")
pictures=$PWD/target/wine
rm -rf "$pictures"
mkdir -p "$pictures"

. packaging/windows/wine.sh
mkdir "$scratch/w" "$scratch/l"
home=$user/AppData/Local/Programs/学时
exe=$home/xueshi.exe
settings=$user/AppData/Local/xueshi

step "A Windows before 10 is refused"
wine winecfg -v win7
status=0
wine "$setup" /S || status=$?
[ $status = 2 ] || fail "exit status $status, not 2"
wine winecfg -v win10
echo "exit status 2"

step "Install silently: $(basename "$setup"), $(stat -c %s "$setup") bytes"
# The wrong kind of installer ends well and installs nothing: look for the files.
wine "$setup" /S
for file in "$exe" "$home/uninstall.exe" "$home/LICENSE.txt"; do [ -f "$file" ] || fail "not there: $file"; done
[ -f "$HOME/Desktop/学时.lnk" ] || fail "no shortcut on the desktop"
find "$user/AppData" -name '学时.lnk' | grep -q . || fail "no shortcut in the Start menu"
in_registry() { wine reg query "HKCU\\Software\\$1" /ve 2>/dev/null | tr -d '\r'; }
in_registry 'Classes\Xueshi.Package\shell\open\command' | grep -qF 'xueshi.exe" --package "%1"' || fail "a package's index is not opened with it"
in_registry 'Classes\.xueshi' | grep -q 'Xueshi.Package' || fail "a package's index is of no kind"
ls -l "$home"

# A command with both programs, each in a folder of its own; the words must be the same but for the place of
# that folder and the ids of packages, which are made from the clock.
both() {
    local w=0 l=0
    local plain="s/\\r\$//; s/\\\\\\\\|\\\\/\\//g; s#(Z:)?$scratch/[wl]/#…/#g; s/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/ID/g"
    (cd "$scratch/w" && wine "$exe" "$@" >"$scratch/w.out" 2>"$scratch/w.err") || w=$?
    (cd "$scratch/l" && timeout 300 "$linux" "$@" >"$scratch/l.out" 2>"$scratch/l.err" </dev/null) || l=$?
    [ "$w" = "$l" ] || { cat "$scratch"/[wl].err; fail "$1: exit status $w under wine, $l on Linux"; }
    diff <(sed -E "$plain" "$scratch/w.out") <(sed -E "$plain" "$scratch/l.out") || fail "$1: other words under wine (<) than on Linux (>)"
    echo "$1${2:+ $2}: exit status $w, same words ($(wc -l <"$scratch/l.out") lines)"
}

step "Commands, with Linux beside them"
both --version
both notices
both workdays --posted 2020-08-17 --json
begun=$(date +%s%N)
both sample 样例
echo "both took $((($(date +%s%N) - begun) / 1000000)) ms"
/usr/bin/python3 tests/make_workbook.py "$scratch/人员" --people 20 >/dev/null
both new 登记库 --unit 湘西自治州某某医院 --kind 州直 --department 湘西自治州卫生健康委员会
both import 登记库 "$(realpath --relative-to="$scratch/w" "$scratch/人员/登记.xlsx")" --skip-bad-rows --json
both hours 登记库 --json
both check 登记库 --campaign 2020 --json --today 2020-08-10
both review 登记库 --campaign 2020 --result 合格 --by 向明 --today 2020-08-10
both publicity 登记库 --campaign 2020 --level 高级 --posted 2020-08-10 --today 2020-08-10
both publicity 登记库 --campaign 2020 --level 高级 --close 2020-08-17 --today 2020-08-18
both export 登记库 summary --campaign 2020 --level 高级 --out 汇总表.pdf --today 2020-08-18
both export 登记库 summary --campaign 2020 --level 高级 --out 汇总表.xlsx --today 2020-08-18
mkdir "$scratch/w/包" "$scratch/l/包"
both package 登记库 --campaign 2020 --level 高级 --out 包 --today 2020-08-18
both doctor 登记库
w=$(ls -d "$scratch"/w/包/*/) l=$(ls -d "$scratch"/l/包/*/)
[ "$(basename "$w")" = "$(basename "$l")" ] || fail "the packages have different names"

step "Each program checks the other's package"
(cd "$scratch" && wine "$exe" verify "l/包/$(basename "$l")" && timeout 300 "$linux" verify "$w")

step "The same bytes?"
clocked='s/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/ID/; s/"made_at": ".*"/made/; /\.xlsx"/,/\}/d'
files() { (cd "$1" && find . -type f ! -name '*.sqlite3*' ! -name '*.lock' | sort); }
diff <(files "$scratch/w") <(files "$scratch/l") || fail "not the same files"
same=0 other=()
while read -r file; do
    if cmp -s "$scratch/w/$file" "$scratch/l/$file"; then same=$((same + 1)); else other+=("$file"); fi
done < <(files "$scratch/w")
echo "$same files are the same, byte for byte; ${#other[@]} are not:"
for file in "${other[@]}"; do
    case $file in
    # A workbook says when it was made; all else in it must be the same.
    *.xlsx)
        rm -rf "$scratch/x"
        for one in w l; do (mkdir -p "$scratch/x/$one" && cd "$scratch/x/$one" && unzip -q "$scratch/$one/$file" && rm docProps/core.xml); done
        diff -r "$scratch/x/w" "$scratch/x/l" || fail "not the same workbook: $file"
        ;;
    # A package has an id made from the clock, and says when it was made; its lists hold the hashes of these.
    */data/package.json)
        diff <(sed -E "$clocked" "$scratch/w/$file") <(sed -E "$clocked" "$scratch/l/$file") || fail "not the same but for the clock: $file"
        ;;
    */bag-info.txt | */manifest-sha256.txt | */tagmanifest-sha256.txt) ;;
    *) fail "these should be the same bytes: $file" ;;
    esac
done
printf '%s\n' "${other[@]}" | sed 's/.*\///' | sort | uniq -c | sort -rn

# Opens the window and waits for its first picture, which the log in its settings folder tells of.
log_of() { sed -n 's/.* first picture after \([0-9]*\) ms by \([a-z0-9]*\).*/\1 \2/p' "$1/xueshi.log" 2>/dev/null | tail -1; }
open_window() {
    local settings=$1 before
    before=$(pictures_in "$settings")
    begun=$(date +%s%N)
    /usr/lib/wine/wine64 "${@:2}" </dev/null >"$scratch/window.out" 2>&1 &
    window=$!
    within 1200 drawn_again "$settings" "${before:-0}" || {
        cat "$scratch/window.out" "$settings/xueshi.log"
        fail "no picture after two minutes"
    }
}
# Milliseconds from the call of the program to that line in the log.
called_to_shown() { echo $((($(stat -c %.9Y "$1/xueshi.log" | tr -d .) - begun) / 1000000)); }
gone() { ! kill -0 "$1" 2>/dev/null; }
close_window() {
    xdotool key alt+F4
    within 200 gone "$window" || fail "the window does not close"
    window=
}
shot() { import -window root -strip "$pictures/$1.png"; }
# How many points of the screen are not what they were in that picture.
changed_since() {
    import -window root -strip "$scratch/now.png"
    compare -metric AE "$pictures/$1.png" "$scratch/now.png" null: 2>&1 || true
}
differs_from() { [ "$(changed_since "$1")" -gt "${2:-2000}" ]; }
await_change() { within 100 differs_from "$@" || fail "nothing happened in the window after $1.png"; }

step "The window"
# A stick is plugged in.
mkdir "$scratch/stick"
printf '单位优盘' >"$scratch/stick/.windows-label"
ln -s "$scratch/stick" "$WINEPREFIX/dosdevices/u:"
wine reg add 'HKLM\Software\Wine\Drives' /v u: /t REG_SZ /d floppy /f >/dev/null
timeout 20 /usr/lib/wine/wineserver64 -k || true
timeout 20 /usr/lib/wine/wineserver64 -w || true
# wine's DirectX 12 cannot draw and takes the whole program with it, as a bad driver does: what was being
# tried is then left written down, and the next start comes up with another renderer.
cp -r "$scratch/w/样例" "$HOME/Documents/样例"
registry=$HOME/Documents/样例/登记库
open_window "$settings" "$exe" --registry "$(wine winepath -w "$registry" | tr -d '\r')" --today 2020-08-10
cat "$settings/xueshi.log"
[ ! -e "$settings/renderer-trying" ] || fail "the marker is still there"
[ "$(cat "$settings/renderer-worked")" = opengl ] || fail "by $(cat "$settings/renderer-worked")"
id=$(timeout 30 xdotool search --sync --onlyvisible --class xueshi | head -1)
xdotool windowfocus "$id"
sleep 3
shot 1-overview

step "Installing and uninstalling while it is open are refused"
for file in "$setup" "$home/uninstall.exe"; do
    status=0
    if [ "$file" = "$setup" ]; then
        wine "$file" /S || status=$?
    else
        # By _? it does its work itself instead of leaving it to a copy, whose status nobody sees.
        wine "$file" /S "_?=$(wine winepath -w "$home" | tr -d '\r')" || status=$?
    fi
    [ $status = 5 ] || fail "$(basename "$file"): exit status $status, not 5"
    [ -f "$exe" ] || fail "the program is gone"
    echo "$(basename "$file"): exit status 5"
done

step "Started again: the window that is there comes forward"
wine "$exe" || fail "a second window, or none"
echo "exit status 0"

step "Chinese is typed, and found in the database"
xdotool windowfocus "$id"
in_database() { sqlite3 -readonly "$registry/registry.sqlite3" "$1"; }
# Letters that the keyboard lacks are put on keys that it leaves free, before they are typed: a keyboard that
# changes from letter to letter loses some. Not every such key reaches a Windows program; the first ones do.
keys=($(xmodmap -pke | awk '$4 == "" { print $2 }'))
types() {
    local at nr=0 character
    declare -A on=()
    for ((at = 0; at < ${#1}; at++)); do
        character=${1:at:1}
        [[ $character != [0-9a-z] && -z ${on[$character]:-} ]] || continue
        on[$character]=$(printf 'U%04X' "'$character")
        xmodmap -e "keycode ${keys[nr]} = ${on[$character]}"
        nr=$((nr + 1))
    done
    [ $nr = 0 ] || sleep 2
    for ((at = 0; at < ${#1}; at++)); do
        character=${1:at:1}
        xdotool key "${on[$character]:-$character}"
        sleep 0.15
    done
}
palette() { # Ctrl+K, its name, Enter
    xdotool key ctrl+k
    sleep 1
    types "$1"
    sleep 1
    xdotool key Return
    sleep 2
}
palette 添加人员
types 田䶮
xdotool key Tab
sleep 0.5
types 433101198001010017
shot 2-typed
for _ in 1 2 3 4 5; do xdotool key --delay 100 Tab; done
xdotool key space
typed() { [ "$(in_database "SELECT name FROM person WHERE id_number = '433101198001010017'")" = 田䶮 ]; }
within 100 typed || { shot failed; fail "not in the database: 田䶮"; }
echo "in the database: $(in_database "SELECT name, id_number FROM person WHERE name = '田䶮'")"

step "A record is opened with the mouse"
palette 石金花
sleep 1
shot 3-handbook
eval "$(xdotool getwindowgeometry --shell "$id")"
xdotool mousemove $((X + 411)) $((Y + 282)) click 1
await_change 3-handbook
sleep 1
shot 4-record

step "A package's index opens in the window that is there"
index=$(ls "$HOME"/Documents/样例/报送包/*高级*/data/目录.xueshi)
xdotool key ctrl+6
sleep 2
shot 5-packages
# As the registry says; wine's own `start` does not look there for a user's kinds of files.
wine "$exe" --package "$(wine winepath -w "$index" | tr -d '\r')" || fail "it is not handed over"
await_change 5-packages
sleep 2
shot 6-checked
[ ! -e "$settings/handed-over" ] || fail "it was handed over, but not taken up"
close_window

step "How soon the first picture is there"
# The same registry, the same screen, the processor draws for both; by turns, so that what else the PC does meets
# both. Twice as long as on Linux is the aim, as the program counts, with a quarter more for a busy PC. From its call
# it is longer by what wine needs for a process of its own; that is told only.
starts=7
# Windows has its desktop up before a program is started; wine keeps one only while something stands on it.
/usr/lib/wine/wine64 notepad </dev/null >/dev/null 2>&1 &
notepad=$!
sleep 3
# Not maximized: for a window that is maximized before it is shown, wine waits two seconds for a window manager,
# which this screen has not.
sed -i 's/maximized:true/maximized:false/' "$settings/app.ron"
cp -r "$registry" "$scratch/linux-registry"
linux_settings=$HOME/.local/share/xueshi
for _ in $(seq $starts); do
    open_window "$settings" "$exe" --registry "$(wine winepath -w "$registry" | tr -d '\r')" --today 2020-08-10
    log_of "$settings" | cut -d' ' -f1 >>"$scratch/w.starts"
    called_to_shown "$settings" >>"$scratch/w.calls"
    sleep 1
    kill "$window"
    wait "$window" 2>/dev/null || true
    before=$(pictures_in "$linux_settings")
    begun=$(date +%s%N)
    "$linux" --registry "$scratch/linux-registry" --today 2020-08-10 </dev/null >/dev/null 2>&1 &
    shown=$!
    within 600 drawn_again "$linux_settings" "${before:-0}" || { kill $shown; fail "no picture on Linux"; }
    log_of "$linux_settings" | cut -d' ' -f1 >>"$scratch/l.starts"
    called_to_shown "$linux_settings" >>"$scratch/l.calls"
    sleep 1
    kill $shown
    wait $shown 2>/dev/null || true
done
middle() { sort -n "$1" | sed -n "$(((starts + 1) / 2))p"; }
kill "$notepad" 2>/dev/null || true
begun=$(date +%s%N)
wine cmd /c exit
alone=$((($(date +%s%N) - begun) / 1000000))
for counted in calls starts; do
    w=$(middle "$scratch/w.$counted") l=$(middle "$scratch/l.$counted")
    echo "$counted: wine $(sort -n "$scratch/w.$counted" | xargs) ms; Linux $(sort -n "$scratch/l.$counted" | xargs) ms"
    echo "middle: $w ms under wine, $l ms on Linux, $((100 * w / l)) %"
done
echo "a process of wine that does nothing: $alone ms"
slower=$((100 * w / l))

step "Upgrade in place: the program is replaced, the registry stays"
wine "$setup" /S
[ -f "$exe" ] && [ -f "$registry/registry.sqlite3" ] || fail "something is gone"
echo "exit status 0"

step "Uninstall; the registry stays"
wine "$home/uninstall.exe" /S
# A copy of it does the work.
absent() { [ ! -e "$1" ]; }
within 200 absent "$home" || fail "left behind: $(ls "$home")"
within 100 absent "$HOME/Desktop/学时.lnk" || fail "the shortcut is still there"
within 100 absent "$settings" || fail "left behind: $(ls "$settings")"
! wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Xueshi' >/dev/null 2>&1 || fail "still in the list of programs"
! wine reg query 'HKCU\Software\Classes\Xueshi.Package' >/dev/null 2>&1 || fail "a package's index still leads to it"
! wine reg query 'HKCU\Software\Classes\.xueshi' >/dev/null 2>&1 || fail "a package's index is still of a kind"
timeout 300 "$linux" doctor "$registry"

step "Portable: everything beside the program"
zip=$(newest "$(dirname "$setup")/xueshi-*-portable.zip")
[ -n "$zip" ] || fail "no portable zip beside the installer"
(cd "$scratch" && unzip -q "$zip")
portable=$(ls -d "$scratch"/xueshi-*-portable)
mkdir "$portable/数据"
cp -r "$registry" "$portable/数据/登记库"
open_window "$portable/数据/设置" "$portable/xueshi.exe" --today 2020-08-10
opened() { [ -e "$portable/数据/登记库/registry.sqlite3-wal" ]; }
within 100 opened || fail "the registry beside it was not opened"
[ ! -e "$settings" ] || fail "something was written on the PC: $settings"
close_window
echo "its registry is open, its settings lie beside it"

[ "$slower" -le 250 ] || fail "the first picture took $slower % of the time it takes on Linux"

step "Everything holds"
ls -l "$pictures"
