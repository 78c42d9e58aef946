"""No test sees the user's folder of whoever runs it: each has an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="session")
def _empty_user_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("user_folder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENKEI_DATA", str(folder))
        yield folder
