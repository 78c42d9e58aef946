"""The page where streamlit-folium is called otherwise. ``python broken_component_server.py PORT``."""

from __future__ import annotations

import sys
from pathlib import Path


def main(port: str) -> None:
    """Serve the page with an ``st_folium`` that takes other arguments."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import streamlit_folium  # noqa: PLC0415

    def st_folium(fig: object) -> None:
        """Take one argument, as no release does."""

    streamlit_folium.st_folium = st_folium
    from renkei.cli import main as command  # noqa: PLC0415

    command(["app", "--port", port, "--no-browser"])


if __name__ == "__main__":
    main(sys.argv[1])
