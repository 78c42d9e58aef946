"""What the documents say, as far as a test can tell: commands, options, make targets, files, modules, counts."""

from __future__ import annotations

import re
import shlex
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

import renkei as rk
from layers.kinds import kinds
from renkei.cli import root
from tests.shared_atlas import ATLAS, TABLES

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "LICENSE.md"])
HISTORY = {"CHANGELOG.md"}
"""Says what was, not what is."""
CURRENT = [path for path in DOCUMENTS if path.name not in HISTORY]


def code_of(path: Path) -> str:
    """Return everything that is set as code: blocks and words between backticks."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"```[a-z]*\n(.*?)```", text, flags=re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return "\n".join([*blocks, *inline])


def commands_of(path: Path) -> list[str]:
    lines = (re.sub(r"\s+#\s.*$", "", line).strip() for line in code_of(path).splitlines())
    return [line for line in lines if re.match(r"(\.venv\\Scripts\\|\$ )?renkei [a-z]", line)]


COMMANDS = sorted({(path.name, line) for path in CURRENT for line in commands_of(path)})


def plain(line: str) -> list[str]:
    """Return a command's words as a shell would, without optional brackets, pipes and what follows them."""
    line = re.split(r"\s[|>&;]+\s|\s>", line)[0]
    line = line.replace("[", "").replace("]", "").replace("…", "")
    return [word for word in shlex.split(line)[1:] if word not in ("指定", "|")]


@pytest.mark.parametrize(("document", "line"), COMMANDS)
def test_a_command_of_the_documents_exists_with_its_options(document, line):
    words = plain(line.removeprefix("$ "))
    command: click.Command = root
    context = click.Context(root, info_name="renkei")
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"{document}: {line}"
        context = click.Context(found, info_name=name, parent=context)
        command = found
    known = {option for each in command.params for option in each.opts} | {"--help"}
    known |= {option for each in root.params for option in each.opts}
    for word in rest:
        if word.startswith("-") and not re.fullmatch(r"-|-?\d.*", word):
            assert word.split("=")[0] in known, f"{document}: {line}: {word}"


@pytest.mark.parametrize("path", CURRENT, ids=lambda path: path.name)
def test_targets_files_and_modules_exist(path):
    code = code_of(path)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for target in re.findall(r"\bmake ([a-z]+)\b", code):
        assert target in targets, f"make {target}"
    for name in re.findall(r"(?<![\w/.-])((?:tests|scripts|renkei|layers|geo|data|docs|benchmarks)/[\w./-]*\w)", code):
        if not re.search(r"[<>{}*…]|/x\b|NAME|[^\x00-\x7f]", name):
            assert (ROOT / name).exists() or (ROOT / f"{name}.py").exists(), name
    for module in re.findall(r"(?<![\w/.])((?:renkei|layers|geo|scripts|benchmarks)(?:\.[a-z_]+)+)", code):
        parts = module.split(".")
        assert any(_there(parts[:length]) for length in (len(parts), len(parts) - 1)), module


def _there(parts: list[str]) -> bool:
    try:
        return find_spec(".".join(parts)) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("path", CURRENT, ids=lambda path: path.name)
def test_names_of_the_library_exist(path):
    for name in re.findall(r"\brk\.([A-Za-z_]\w*)", code_of(path)):
        assert name in rk.__all__, name


COUNTS = {
    r"(\d[\d,]*) indicators in all": lambda: len(ATLAS.indicators()),
    r"全(\d[\d,]*)指標": lambda: len(ATLAS.indicators()),
    r"(\d[\d,]*) networks\b": lambda: len(ATLAS.networks()),
    r"(\d[\d,]*) kinds of facts": lambda: len(kinds()),
    r"(\d[\d,]*) secondary medical areas": lambda: len(ATLAS.medical_areas()),
}
"""A phrase of README.md or README.ja.md to what it counts."""


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "README.ja.md"], ids=lambda path: path.name)
def test_counts_are_true(path):
    text = path.read_text(encoding="utf-8")
    for phrase, count in COUNTS.items():
        for written in re.findall(phrase, text):
            assert int(written.replace(",", "")) == count(), phrase


def test_every_licence_of_a_table_stands_in_the_licence_of_the_data():
    told = (ROOT / "data" / "LICENSE.md").read_text(encoding="utf-8")
    for each in ATLAS.status():
        for licence in re.split(r" / |、将来推計は", each["licence"]):
            assert licence in told, f"{each['table']}: {licence}"


def test_every_document_of_the_cases_is_named_with_its_publisher():
    assert ATLAS.documents()["publisher"].ne("").all()
    assert TABLES.has("cases", "documents.csv")
