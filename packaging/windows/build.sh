#!/usr/bin/env bash
# Builds the Windows program, its installer and its portable zip on a bare Debian 12 (as root or with
# sudo), without anything of Windows. The results, with their hashes, are in target/dist/.
#
#   packaging/windows/build.sh
#
# About 10 minutes the first time, 2 afterwards.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/lib.sh
. packaging/windows/compiler.sh
need nsis zip

version=$(version)
dist=target/dist
epoch=$(git log -1 --format=%ct 2>/dev/null || date +%s)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step "xueshi.exe $version"
export CARGO_PROFILE_RELEASE_LTO=thin
# Our own code is built small, the installer is 1 MB smaller for it: it waits for people and disks. What counts and
# draws (images, fonts, SQLite) stands in crates of its own, and stays fast.
windows_cargo build --release --bin xueshi --target-dir "$built" --config 'profile.release.package.xueshi.opt-level="s"'

mkdir -p "$dist" "$scratch/files"
# With its parts at whole pages a system need not read all 56 MB before it starts: wine takes a quarter less time.
x86_64-w64-mingw32-objcopy --strip-all --file-alignment 4096 "$built/x86_64-pc-windows-gnu/release/xueshi.exe" "$scratch/files/xueshi.exe"

step "It needs only what Windows has"
# Everything that Windows 10 does not bring would have to be shipped.
unknown=$(x86_64-w64-mingw32-objdump -p "$scratch/files/xueshi.exe" | sed -n 's/^\s*DLL Name: //p' | tr 'A-Z' 'a-z' | sort -u |
    grep -vxE '(api-ms-win-.*|advapi32|bcrypt|bcryptprimitives|comctl32|comdlg32|combase|crypt32|d3d12|d3dcompiler_47|dwmapi|dxgi|gdi32|imm32|kernel32|msvcrt|ntdll|ole32|oleaut32|opengl32|propsys|setupapi|shell32|shlwapi|uiautomationcore|user32|userenv|uxtheme|winmm|ws2_32)(\.dll)?' || true)
[ -z "$unknown" ] || fail "unexpected: $unknown"

# What a clerk reads is in Notepad's own form.
notepad() { printf '\xef\xbb\xbf'; sed 's/$/\r/'; }
{ cat LICENSE; printf '\n----\n\n'; cat assets/fonts/OFL.txt; } | notepad >"$scratch/files/LICENSE.txt"

step "Installer"
installer=$dist/xueshi-$version-setup.exe
makensis -V2 -NOCD -INPUTCHARSET UTF8 \
    -DVERSION="$version" -DFILES="$scratch/files" -DICON=packaging/icon/xueshi.ico -DOUT="$installer" \
    packaging/windows/installer.nsi

step "Portable zip"
folder=xueshi-$version-portable
mkdir "$scratch/$folder"
cp "$scratch"/files/* "$scratch/$folder/"
notepad <packaging/windows/portable.txt >"$scratch/$folder/README.txt"
: >"$scratch/$folder/portable"
find "$scratch/$folder" -exec touch -d "@$epoch" {} +
rm -f "$dist/$folder.zip"
(cd "$scratch" && zip -q -X -9 -r "$folder.zip" "$folder")
mv "$scratch/$folder.zip" "$dist/"

step "Done"
(cd "$dist" && sha256sum "xueshi-$version-setup.exe" "$folder.zip" | tee SHA256SUMS && ls -l)
# Carried over slow lines and on small drives.
[ "$(stat -c %s "$installer")" -le 25000000 ] || fail "the installer is larger than 25 MB"
