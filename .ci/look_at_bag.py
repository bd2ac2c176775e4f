"""Reads one bag of the sample the way a stranger would: every person in package.json must stand in the
workbook and, readable as text, in the PDFs."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl

data = Path(sys.argv[1]) / "data"


def only(pattern):
    found = sorted(data.glob(pattern))
    assert len(found) == 1, f"{pattern}: {found}"
    return found[0]


def words(pdf):
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True)
    return "".join(text.stdout.split())


handbooks = sorted(data.glob("人员/*/登记手册.pdf"))
names = [folder.parent.name.split(" ", 1)[1] for folder in handbooks]
assert names, "nobody is in the package"
json.loads((data / "package.json").read_text(encoding="utf-8"))

sheet = openpyxl.load_workbook(only("*汇总表.xlsx")).worksheets[0]
assert any(cell.value == 90 for row in sheet.iter_rows() for cell in row), "hours are not numbers"
cells = {str(cell.value).strip() for row in sheet.iter_rows() for cell in row if cell.value is not None}
table, certificates = words(only("*汇总表.pdf")), words(only("*合格证书.pdf"))
posted = words(only("*公示名单.pdf"))
for name, handbook in zip(names, handbooks):
    assert name in cells, f"{name} is not in the workbook"
    for where, text in [("table", table), ("certificates", certificates), ("list", posted), ("handbook", words(handbook))]:
        assert name in text, f"{name} is not in the {where}"
print(f"{len(names)} people: {'、'.join(names)}")
