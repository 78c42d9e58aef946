"""The page on a copy of the data whose free texts are attacks. ``python hostile_server.py FOLDER PORT``."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sys
from pathlib import Path

ATTACKS = (
    '<img src=x onerror="window.top.hacked=1">',
    "</script><script>window.top.hacked=1</script>",
    "\"'`${window.top.hacked=1}`'\"",
    "{{window.top.hacked=1}}{% raw %}",
    "\u202eslaer\u2066\u2069",
    "<svg/onload=alert(1)>",
    "長" * 10_000,
    "[x](javascript:alert(1)) $x$ :red[y]",
    "]]><b>&amp;</b>",
    "=cmd|' /C calc'!A0",
)
TEXTS = {
    "cases": ("title", "organisation", "role", "note"),
    "partnerships": ("kind", "note"),
    "blocs": ("name", "project", "representative", "note"),
    "programmes": ("name", "name_en"),
    "documents": ("title",),
    "figures": ("label", "value_text", "unit", "qualifier", "district"),
    "items": ("text",),
    "case_contents": ("summary", "summary_en", "means", "keywords"),
    "case_partners": ("name", "role"),
    "organisations": ("name",),
    "statements": ("detail",),
    "agreements": ("organisation", "kind"),
    "bloc_other_members": ("name",),
    "bloc_schedule": ("phase",),
    "unnamed_partners": ("kind",),
}


def poison(data: Path) -> None:
    """Put an attack into every free text of the tables; each row gets the next one."""
    for table, columns in TEXTS.items():
        path = data / "cases" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            for place, column in enumerate(columns):
                row[column] = ATTACKS[(number + place) % len(ATTACKS)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    _sign(data / "cases")


def _sign(folder: Path) -> None:
    """State the new checksums: what is looked for is what the page does with texts, not with damaged files."""
    statement = json.loads((folder / "SOURCE.json").read_text(encoding="utf-8"))
    for each in statement["tables"]:
        content = (folder / each["file"]).read_bytes()
        each |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / "SOURCE.json").write_text(json.dumps(statement, ensure_ascii=False), encoding="utf-8")


def hostile_data(folder: Path) -> Path:
    """Return a poisoned copy of ``data/`` below a folder."""
    from geo import data_folder  # noqa: PLC0415

    target = folder / "data"
    shutil.copytree(data_folder.data_path(), target)
    poison(target)
    return target


def main(folder: str, port: str) -> None:
    """Serve the page on the poisoned copy."""
    csv.field_size_limit(10_000_000)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from geo import data_folder  # noqa: PLC0415

    target = hostile_data(Path(folder))
    data_folder._root = lambda: target
    from renkei.cli import main as command  # noqa: PLC0415

    command(["app", "--port", port, "--no-browser"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
