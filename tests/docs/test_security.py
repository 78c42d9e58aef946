"""Each promise of SECURITY.md names a test that makes the attempt, and that test is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROMISES = re.findall(
    r"^- (.+)$", (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## Reporting")[0], flags=re.MULTILINE
)
NAMED = [found for line in PROMISES for found in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", line)]


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_names_its_test(promise):
    assert re.search(r"`tests/[\w/]+\.py(::\w+)?`", promise)


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_each_named_test_is_there(path, name):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    tests = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert tests
    assert not name or name in tests
