"""``geo`` and ``layers`` stand at the top beside ``renkei``: somebody else's are refused in one sentence."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

OWN = ("geo", "layers")


def check_own_packages() -> None:
    """Refuse to start when ``geo`` or ``layers`` is somebody else's.

    Raises
    ------
    ImportError
        Names the file that stands in the way. On the command line the sentence alone is shown, without a traceback.
    """
    for name in OWN:
        if (found := foreign(name)) is None:
            continue
        msg = (
            f"{found} は renkei の {name} ではありません。同じ名前のファイルかフォルダーが先に読まれています。"
            "名前を変えるか、別のフォルダーで実行してください。"
        )
        started = Path(sys.argv[0]).stem if sys.argv else ""
        if started in ("-m", "renkei"):
            raise SystemExit(f"renkei: {msg}")
        raise ImportError(msg, name=name, path=found)


def foreign(name: str) -> str | None:
    """Return the file of a package that is not ours; None where it is ours.

    Examples
    --------
    >>> foreign("geo") is None
    True
    """
    home = Path(__file__).resolve().parent.parent
    loaded = sys.modules.get(name)
    found = getattr(loaded, "__file__", None) if loaded is not None else None
    if found is None:
        spec = find_spec(name)
        found = None if spec is None else spec.origin
    if found is None:
        return f"{name}（見つかりません）"
    return None if Path(found).resolve().parent.parent == home else found
