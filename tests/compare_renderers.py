#!/usr/bin/env python3
"""Whether papers look alike in poppler, MuPDF and PDFium.

    python3 tests/compare_renderers.py FILE.pdf… | FOLDER

Needs poppler-utils, and from PyPI pymupdf, pypdfium2, numpy and pillow. Every page is drawn by all three
and compared with the median of the three by the ink over squares of a letter's size, so that different
smoothing of edges does not count: what one of them leaves out, moves or draws in another form is told with
its place.
Exit status 1 when something differs, 2 when there was nothing to compare.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy
import pymupdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter

DPI = 144
# Half a letter of 9 points, in pixels: ink is weighed over squares of twice this and one.
REACH = 7
# Of 255. Another smoothing of edges stays below it, and so does a single letter of 9 points: what is told is a
# word, a rule or a picture that is missing or moved, or a letter of a title.
ALLOWED = 40


def by_poppler(file, folder):
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", str(file), str(folder / "page")], check=True
    )
    return [Image.open(page) for page in sorted(folder.glob("page-*.pgm"))]


def by_mupdf(file):
    with pymupdf.open(file) as document:
        for page in document:
            drawn = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False)
            yield Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def by_pdfium(file):
    document = pypdfium2.PdfDocument(str(file))
    for page in document:
        yield page.render(scale=DPI / 72).to_pil().convert("L")


def ink(image, size, shift=(0, 0)):
    """How dark the page is around every third pixel, when it is moved by so many pixels."""
    image = image if image.size == size else image.resize(size)
    moved = ImageChops.offset(image, *shift)
    return numpy.asarray(moved.filter(ImageFilter.BoxBlur(REACH)), dtype=int)[::3, ::3]


def compare(file):
    """What differs on which page; the number of pages."""
    told = []
    with tempfile.TemporaryDirectory() as folder:
        drawn = {
            "poppler": by_poppler(file, pathlib.Path(folder)),
            "MuPDF": list(by_mupdf(file)),
            "PDFium": list(by_pdfium(file)),
        }
        counts = {name: len(pages) for name, pages in drawn.items()}
        if len(set(counts.values())) != 1:
            return [f"页数不同：{counts}"], 0
        for number, pages in enumerate(zip(*drawn.values()), 1):
            size = pages[0].size
            inks = [ink(page, size) for page in pages]
            middle = numpy.median(numpy.stack(inks), axis=0)
            for name, page in zip(drawn, pages):
                # Edges fall a pixel this way or that.
                near = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
                off = numpy.min([abs(ink(page, size, by) - middle) for by in near], axis=0)
                worst = int(off.max())
                if worst > ALLOWED:
                    y, x = numpy.unravel_index(off.argmax(), off.shape)
                    high, wide = off.shape
                    place = f"{x / wide:.0%} 横 {y / high:.0%} 纵"
                    told.append(f"第 {number} 页 {name}：{place} 差 {worst}/255")
    return told, counts["poppler"]


def main():
    files = []
    for name in map(pathlib.Path, sys.argv[1:]):
        files += sorted(name.rglob("*.pdf")) if name.is_dir() else [name]
    if not files:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    bad = 0
    for file in files:
        told, pages = compare(file)
        bad += bool(told)
        print(f"{file.name}: {'一致' if not told else '有出入'}，{pages} 页")
        for line in told:
            print(f"  {line}")
    print(f"{len(files)} 份，{bad} 份有出入")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
