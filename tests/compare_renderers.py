#!/usr/bin/env python3
"""Whether papers look alike in poppler, MuPDF and PDFium.

    python3 tests/compare_renderers.py FILE.pdf… | FOLDER

Needs poppler-utils, and from PyPI pymupdf, pypdfium2, numpy and pillow. Every page is drawn by all three
and compared with the median of the three, so that different smoothing of edges does not count: letter by
letter by the ink inside its box, and for rules and pictures by the ink over squares. What one of them leaves
out, moves or draws in another form is told with its place. A letter that all three leave out is told too: its
box is empty.
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
# Of 255. Another smoothing of edges stays below it.
ALLOWED = 40
# A letter has at least so much of the median's ink, and where it is no blank at least so much of full black.
PART, FAINT = 0.5, 0.01


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


def letters(file):
    """For each page its letters and their boxes in pixels."""
    scale = DPI / 72
    with pymupdf.open(file) as document:
        for page in document:
            page.remove_rotation()
            blocks = page.get_text("rawdict")["blocks"]
            spans = (s for b in blocks for line in b.get("lines", ()) for s in line["spans"])
            chars = (char for span in spans for char in span["chars"])
            yield [
                (char["c"], [round(edge * scale) for edge in char["bbox"]])
                for char in chars
                if not char["c"].isspace()
            ]


def lacking(drawn, found, size):
    """Letters that a renderer does not draw."""
    dark = {
        name: 255 - numpy.asarray(page if page.size == size else page.resize(size), dtype=int)
        for name, page in drawn.items()
    }
    for letter, (left, top, right, bottom) in found:
        boxes = {name: page[max(top, 0) : bottom, max(left, 0) : right] for name, page in dark.items()}
        inks = {name: box.mean() / 255 if box.size else 0 for name, box in boxes.items()}
        middle = sorted(inks.values())[1]
        for name, ink_of in inks.items():
            if ink_of < max(middle * PART, FAINT):
                yield f"{name}：“{letter}”没有画出来（{left}, {top}）"


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
        for number, (found, *pages) in enumerate(zip(letters(file), *drawn.values()), 1):
            size = pages[0].size
            named = dict(zip(drawn, pages))
            told += [f"第 {number} 页 {words}" for words in lacking(named, found, size)]
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
