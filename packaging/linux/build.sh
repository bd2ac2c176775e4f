#!/usr/bin/env bash
# Packs the Linux program as a .deb for Debian and its kin (UOS, Kylin), into target/dist/.
#
#   packaging/linux/build.sh [XUESHI]
#
# XUESHI: a program that is built already; else it is built here. It runs where glibc is not older than
# that of the PC it is built on: for UOS and Kylin build on the oldest of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/lib.sh
need binutils

program=${1:-}
if [ -z "$program" ]; then
    cargo build --release --locked --bin xueshi
    program=target/release/xueshi
fi
version=$(version)
epoch=$(git log -1 --format=%ct 2>/dev/null || date +%s)
arch=$(dpkg --print-architecture)
dist=target/dist
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
umask 022

put() { install -D -m "${3:-644}" "$1" "$root/usr/$2"; }
put "$program" bin/xueshi 755
strip --remove-section=.comment --remove-section=.note "$root/usr/bin/xueshi"
put packaging/linux/xueshi.desktop share/applications/xueshi.desktop
put packaging/linux/xueshi-package.desktop share/applications/xueshi-package.desktop
put packaging/linux/xueshi.xml share/mime/packages/xueshi.xml
put packaging/icon/xueshi.png share/icons/hicolor/256x256/apps/xueshi.png
put README.md share/doc/xueshi/README.md
gzip -9n <packaging/linux/xueshi.1 >"$scratch/xueshi.1.gz"
put "$scratch/xueshi.1.gz" share/man/man1/xueshi.1.gz

# Licences in the form that Debian reads.
indented() { sed 's/^$/./; s/^/ /'; }
{
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
    printf '\nFiles: *\nCopyright: %s\nLicense: MIT\n' "$(sed -n 's/^Copyright (c) //p' LICENSE | head -1)"
    printf '\nFiles: assets/fonts/*.otf\nCopyright: 2014-2021 Adobe (http://www.adobe.com/)\nLicense: OFL-1.1\n'
    printf '\nLicense: MIT\n'
    indented <LICENSE
    printf '\nLicense: OFL-1.1\n'
    indented <assets/fonts/OFL.txt
} >"$scratch/copyright"
put "$scratch/copyright" share/doc/xueshi/copyright
{
    printf 'xueshi (%s) unstable; urgency=medium\n\n' "$version"
    printf '  * See the history of the sources.\n\n'
    printf ' -- Xueshi <authors@xueshi.example>  %s\n' "$(LC_ALL=C date -u -R -d "@$epoch")"
} | gzip -9n >"$scratch/changelog.gz"
put "$scratch/changelog.gz" share/doc/xueshi/changelog.gz

# The C library it is linked with; the window's libraries are opened by name at run time.
glibc=$(objdump -T "$root/usr/bin/xueshi" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -Vu | tail -1)
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: xueshi
Version: $version
Architecture: $arch
Maintainer: Xueshi <authors@xueshi.example>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6 (>= $glibc), libgcc-s1
Recommends: libgl1, libegl1, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxrandr2, libxkbcommon0, libxkbcommon-x11-0, xdg-desktop-portal
Suggests: cups-client
Section: misc
Priority: optional
Description: 专业技术人员继续教育登记手册
 登记、折算、体检、公示、报送。不联网，数据都在自己电脑的一个文件夹里。
 .
 Continuing-education handbooks of a Chinese work unit, from an Excel roster
 to a verified submission package.
END
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$epoch" {} +
mkdir -p "$dist"
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group --build "$root" "$dist/xueshi_${version}_$arch.deb"
