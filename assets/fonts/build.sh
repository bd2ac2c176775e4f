#!/bin/sh
# Cuts the four embedded fonts out of Debian 12's Noto CJK. Run it only to change what they cover:
# the results are committed, and the same packages give the same bytes (SHA256SUMS).
# Needs: fonts-noto-cjk fonts-noto-cjk-extra (1:20220127+repack1-1), libharfbuzz-bin (6.0.0),
# unicode-data (15.0.0) for the 8,105 characters of 通用规范汉字表, python3.
set -eu
cd "$(dirname "$0")"
noto=/usr/share/fonts/opentype/noto
unihan=${UNIHAN:-/usr/share/unicode/Unihan_OtherMappings.txt.bz2}
sets=$(mktemp -d)
trap 'rm -rf "$sets"' EXIT

python3 - "$unihan" "$sets" <<'PY'
import bz2, sys
unihan, out = sys.argv[1:]

def table(codec, lead, trail):
    got = set()
    for a in range(*lead):
        for b in range(*trail):
            try:
                text = bytes([a, b]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                got.add(ord(text))
    return got

def han(c):
    return 0x3400 <= c <= 0x9FFF or c >= 0x20000

tgh = {int(l.split("\t")[0][2:], 16) for l in bz2.open(unihan, "rt") if "\tkTGH\t" in l}
assert len(tgh) == 8105, len(tgh)
gb2312 = {c for c in table("gb2312", (0xA1, 0xF8), (0xA1, 0xFF)) if han(c)}
gbk = table("gbk", (0x81, 0xFF), (0x40, 0xFF))
# Letters, punctuation, arrows, mathematics, circled and boxed signs, box drawing, full-width forms.
signs = {c for c in gbk if not han(c)}
for lo, hi in [(0x20, 0x7E), (0xA0, 0x17F), (0x370, 0x3FF), (0x2010, 0x205E), (0x20A0, 0x20BF),
               (0x2100, 0x22FF), (0x2460, 0x26FF), (0x2700, 0x27BF), (0x3000, 0x303F),
               (0x3200, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)]:
    signs |= set(range(lo, hi + 1))
# Extension A, the whole first block, compatibility forms, and every later extension the face has:
# a person's name is never refused for want of a glyph that the source font holds.
every = set(range(0x3400, 0xA000)) | set(range(0xF900, 0xFB00)) | set(range(0x20000, 0x32000))
names = set(map(ord, "㛃䶮𬭎𡎚珺堃喆赟垚龑"))

for name, chars in {
    "serif": signs | gbk | tgh | every | names,
    "serif-title": signs | gb2312 | tgh | names,
    "sans": signs | gbk | tgh | names,
    "sans-strong": signs | gb2312 | names,
}.items():
    with open(f"{out}/{name}", "w") as f:
        f.write("\n".join(f"U+{c:04X}" for c in sorted(chars)))
PY

# Face 2 of each collection is Simplified Chinese. The serif faces go on paper (no hints needed);
# the sans faces are drawn small on screens and keep theirs. No vertical metrics, no layout features.
# Outlines that share no pieces are larger by themselves, but the packed installer is 0.9 MB smaller for it.
cut() { # collection, set, result, extra option
    hb-subset --face-index=2 --unicodes-file="$sets/$2" --name-IDs='*' --layout-features='' --desubroutinize \
        --drop-tables+=BASE,GDEF,GPOS,GSUB,VORG,vhea,vmtx $4 --output-file="$3" "$noto/$1.ttc"
}
cut NotoSerifCJK-Regular serif NotoSerifSC-Regular.otf --no-hinting
cut NotoSerifCJK-SemiBold serif-title NotoSerifSC-SemiBold.otf --no-hinting
cut NotoSansCJK-Regular sans NotoSansSC-Regular.otf ""
cut NotoSansCJK-Medium sans-strong NotoSansSC-Medium.otf ""
sha256sum ./*.otf >SHA256SUMS
ls -l ./*.otf
