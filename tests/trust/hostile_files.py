"""Files as an attacker, a broken program or a tired colleague makes them: name to bytes."""

import io
import zipfile

import openpyxl

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows=(("自治体", "値"), ("川場村", 1)), **parts):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    plain, target = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, parts.pop(name, source.read(name)))
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _sheet(rows):
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def _slip():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../outside.txt", b"x")
        archive.writestr("ro-crate-metadata.json", b'{"@graph": []}')
    return target.getvalue()


POISON = '=HYPERLINK("http://127.0.0.1/")\x1b[31m<script>alert(1)</script>\u202e\u200b'

VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'

FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "bom.csv": b"\xef\xbb\xbf",
    "bom16.csv": b"\xff\xfe",
    "blank.csv": b"\n\n  \n",
    "nul.csv": b"a,b\n\x00,1\n",
    "binary.csv": bytes(range(256)) * 20,
    "line.csv": b"a," * 600_000,
    "quote.csv": '自治体,値\n"川場村,1\n帯広市,2\n'.encode(),
    "wide.csv": ("自治体," + ",".join(f"c{n}" for n in range(3_000)) + "\n川場村\n").encode(),
    "ragged.csv": "自治体,値\n川場村,1,2,3\n".encode(),
    "poison.csv": f"自治体,値\n{POISON.replace(chr(34), chr(39))},1\n".encode(),
    "utf16.csv": "自治体,値\n川場村,1\n".encode("utf-16"),
    "latin.csv": b"caf\xe9,\xff\xfe\xfa\n",
    "numbers.csv": "自治体,値\n川場村,1e999\n帯広市,nan\n府中市,-inf\n".encode(),
    "deep.json": b"[" * 200_000,
    "deep.yaml": b"[" * 5_000,
    "alias.yaml": b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
    "bool.yaml": b"- !!bool maybe\n",
    "object.yaml": b"!!python/object/apply:os.system ['true']\n",
    "escape.yaml": b'- "\\e[31m": "\\e]0;x\\a"\n',
    "vrt.geojson": VRT,
    "vrt.gpkg": VRT,
    "collection.geojson": b'{"type": "FeatureCollection", "features": [1, null, {"type": "Feature"}]}',
    "notzip.xlsx": b"PK\x03\x04" + b"\x00" * 64,
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "columns.xlsx": workbook(**{SHEET: _sheet("<row>" + "<c/>" * 400_000 + "</row>")}),
    "far.xlsx": workbook(**{SHEET: _sheet('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>')}),
    "entity.xlsx": workbook(**{SHEET: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _sheet("&a;")}),
    "texts.xlsx": workbook(**{"xl/sharedStrings.xml": f"<sst {MAIN}>" + "<si><t>a</t></si>" * 2_100_000 + "</sst>"}),
    "broken.xlsx": workbook()[:-300],
    "formula.xlsx": workbook((("自治体", "値"), ("=1+1", '=WEBSERVICE("http://127.0.0.1")'))),
    "bomb.zip": workbook(**{"x.bin": b"\x00" * 130_000_000}),
    "slip.zip": _slip(),
    "empty.pdf": b"%PDF-1.7\n",
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    "project.renkei.json": b'{"format": "renkei-project", "version": 1, "view": {}, "tables": [{}], "data": {}, "written": ""}',
}
