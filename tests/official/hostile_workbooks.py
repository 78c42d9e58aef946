"""Workbooks that are small as files and grow beyond measure: written part by part, as no library would."""

from __future__ import annotations

import io
import zipfile

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_OF_BOOK = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_BOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="2023_一覧表" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(rows: str, strings: str = "", head: str = "") -> bytes:
    """Return a workbook whose sheet holds some rows (XML) and whose shared strings are these (XML)."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("xl/_rels/workbook.xml.rels", _OF_BOOK)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/sharedStrings.xml", f'<?xml version="1.0"?><sst {_MAIN}>{strings}</sst>')
        sheet = f'<?xml version="1.0"?>{head}<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return output.getvalue()


def many_rows() -> bytes:
    return book("<row><c><v>1</v></c></row>" * 1_000_000)


def many_wide_rows() -> bytes:
    return book(("<row>" + "<c><v>1</v></c>" * 200 + "</row>") * 12_000)


def one_far_row() -> bytes:
    return book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def many_strings() -> bytes:
    return book('<row><c t="s"><v>0</v></c></row>', "<si><t>x</t></si>" * 3_000_000)


def one_long_string() -> bytes:
    return book('<row><c t="s"><v>0</v></c></row>', "<si><t>" + "あ" * 40_000_000 + "</t></si>")


def one_long_row() -> bytes:
    return book("<row>" + "<c><v>1</v></c>" * 8_000_000 + "</row>")


def entities() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return book("<row><c><v>&a9;</v></c></row>", head=f'<!DOCTYPE x [<!ENTITY a0 "lol">{levels}]>')


BOMBS = {
    each.__name__: each
    for each in (many_rows, many_wide_rows, one_far_row, many_strings, one_long_string, one_long_row, entities)
}
