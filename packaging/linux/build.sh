#!/usr/bin/env bash
# Packs the Linux program as a .deb for Debian and its kin (UOS, Kylin), into target/dist/.
#
#   packaging/linux/build.sh [XUESHI]
#
# XUESHI: a program that is built already; else it is built here. It runs where glibc is not older than
# that of the PC it is built on: for UOS and Kylin build on the oldest of them.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${1:-}
if [ -z "$program" ]; then
    cargo build --release --locked
    program=target/release/xueshi
fi
version=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
arch=$(dpkg --print-architecture)
dist=target/dist
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root

install -D -m 755 "$program" "$root/usr/bin/xueshi"
strip "$root/usr/bin/xueshi"
install -D -m 644 packaging/linux/xueshi.desktop "$root/usr/share/applications/xueshi.desktop"
install -D -m 644 packaging/icon/xueshi.png "$root/usr/share/icons/hicolor/256x256/apps/xueshi.png"
install -D -m 644 README.md "$root/usr/share/doc/xueshi/README.md"
{ cat LICENSE; printf '\n----\n\n'; cat assets/fonts/OFL.txt; } >"$scratch/copyright"
install -D -m 644 "$scratch/copyright" "$root/usr/share/doc/xueshi/copyright"

# The C library it is linked with; the window's libraries are opened by name at run time.
glibc=$(objdump -T "$root/usr/bin/xueshi" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -Vu | tail -1)
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: xueshi
Version: $version
Architecture: $arch
Maintainer: Xueshi <xueshi@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6 (>= $glibc), libgcc-s1
Recommends: libgl1, libegl1, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxrandr2, libxkbcommon0, libxkbcommon-x11-0, xdg-desktop-portal
Section: misc
Priority: optional
Description: 学时：专业技术人员继续教育登记手册
 登记、折算、体检、公示、报送。不联网，数据都在自己电脑的一个文件夹里。
END
mkdir -p "$dist"
dpkg-deb --root-owner-group --build "$root" "$dist/xueshi_${version}_$arch.deb"
