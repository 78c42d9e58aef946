"""Find the partner finder's whole points on all known ties and write ``data/analysis/partner_points.csv``.

``docs/methods.md`` tells how; ``python -m benchmarks partners`` proves the same way of finding on ties held out.
"""

from __future__ import annotations

import pandas as pd

from geo.data_folder import data_path
from renkei.analysis.partners import fitting
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.known_pairs import NETWORK_THEME, known_pairs
from renkei.analysis.partners.links import make_links
from renkei.atlas import Atlas
from scripts.source_files import write_folder

FOUND = "2026-11-26"
"""Day on which the points were found."""


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
    frame = pd.DataFrame(rows, columns=["points_of", "part", "measure", "points"])
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    about = {
        "rows": len(frame),
        "as_of": FOUND,
        "source": "scripts/build_partner_points.py: a conditional logit on the known ties (docs/methods.md)",
        "publisher": "renkei developers",
        "licence": "CC BY 4.0",
        "note": "",
        "ties_sha256": known.frozen,
        "pairs": {name: len(pairs) for name, pairs in known.pairs.items()},
        "points_per_unit_of_log_odds": fitting.POINTS_PER_UNIT,
        "ridge": {"general": fitting.RIDGE_GENERAL, "theme": fitting.RIDGE_THEME},
        "others_per_choice": fitting.OTHERS,
        "seed": fitting.SEED,
        "chosen_not_found": fitting.CHOSEN,
        "figures_missing": list(ground(atlas).missing),
    }
    write_folder(data_path("analysis"), {"partner_points.csv": content}, {"partner_points.csv": about})


if __name__ == "__main__":
    main()
