"""Find the partner finder's whole points on all known ties and write ``data/analysis/partner_points.csv``.

``docs/methods.md`` tells how; ``python -m benchmarks partners`` proves the same way of finding on ties held out.
"""

from __future__ import annotations

import io
import json

import pandas as pd

from geo.data_folder import data_path, write_atomic
from renkei.analysis.partners import fitting
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.known_pairs import NETWORK_THEME, known_pairs
from renkei.analysis.partners.links import make_links
from renkei.atlas import Atlas


def main() -> None:
    """Write the points and how they were found."""
    atlas = Atlas.open()
    known = known_pairs(atlas)
    fitter = fitting.Fitter(atlas)
    samples = {name: fitter.sample(pairs) for name, pairs in known.pairs.items()}
    seen = make_links(ground(atlas), known.pairs["general"], known.networks)
    found = fitting.find_points(fitter, known.pairs, NETWORK_THEME, seen, samples)
    rows = [
        (name, fitter.part_of[each], each, number) for name, points in found.items() for each, number in points.items()
    ]
    text = io.StringIO()
    frame = pd.DataFrame(rows, columns=["points_of", "part", "measure", "points"])
    frame.to_csv(text, index=False, lineterminator="\n")
    folder = data_path("analysis")
    folder.mkdir(exist_ok=True)
    write_atomic(folder / "partner_points.csv", text.getvalue().encode())
    about = {
        "title": "パートナー候補の配点（テーマ別・測度別、整数）",
        "how": "scripts/build_partner_points.py; docs/methods.md",
        "ties_sha256": known.frozen,
        "pairs": {name: len(pairs) for name, pairs in known.pairs.items()},
        "points_per_unit_of_log_odds": fitting.POINTS_PER_UNIT,
        "ridge": {"general": fitting.RIDGE_GENERAL, "theme": fitting.RIDGE_THEME},
        "others_per_choice": fitting.OTHERS,
        "seed": fitting.SEED,
        "chosen_not_found": fitting.CHOSEN,
        "figures_missing": list(ground(atlas).missing),
        "licence": "CC BY 4.0",
    }
    write_atomic(folder / "SOURCE.json", (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
