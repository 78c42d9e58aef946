"""Make ``data/indicators/`` out of archived inputs; the same as ``renkei data build``.

Usage: ``python -m scripts.build_indicators [--shared FOLDER]``
"""

from __future__ import annotations

import argparse
from pathlib import Path

from renkei.official.build import build, write
from renkei.official.inputs import Archive
from scripts.source_files import ROOT, SHARED

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    write(build(Archive(parser.parse_args().shared / "reference"), print), ROOT / "data" / "indicators")
