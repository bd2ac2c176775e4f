#!/usr/bin/env bash
# Draws the program's icon: 学 in serif on a seal-red square, as on the first page of the window.
# Needs ImageMagick 6 or 7; the face is the one the program carries. The results are committed.
set -euo pipefail
cd "$(dirname "$0")"
convert=$(command -v magick || command -v convert)
face=../../assets/fonts/NotoSerifSC-SemiBold.otf
red='#B3261E' # seal_fill of the light theme, src/ui/theme.rs
paper='#FFFDF8'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

draw() { # size, corner radius and glyph size in per mille of it
    local size=$1 radius=$2 glyph=$3 side=$(($1 * 8))
    "$convert" -size "${side}x${side}" xc:none \
        -fill "$red" -draw "roundrectangle 0,0 $((side - 1)),$((side - 1)) $((side * radius / 1000)),$((side * radius / 1000))" \
        -font "$face" -pointsize $((side * glyph / 1000)) -fill "$paper" -stroke "$paper" \
        -strokewidth "$(( size < 40 ? side / 64 : 0 ))" -gravity center -annotate +0+0 学 \
        -filter Box -resize "${size}x${size}" -strip -define png:exclude-chunks=date,time "PNG32:$scratch/$size.png"
}
for size in 16 20 24 32; do draw "$size" 125 860; done
for size in 40 48 64 256; do draw "$size" 165 760; done
cp "$scratch/256.png" xueshi.png
"$convert" "$scratch"/{16,20,24,32,40,48,64,256}.png xueshi.ico
