"""The modules as one script, and what the browser and the server say to each other as types."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from renkei.browser.contract import declarations
from renkei.browser.script_bundle import imports_of, in_order, scoped, script_bundle

SCRIPT = files("renkei.browser") / "script"


def test_the_declarations_are_those_of_the_contract():
    assert (SCRIPT / "contract.d.ts").read_text(encoding="utf-8") == declarations(), (
        "run: python -m renkei.browser.contract"
    )


def test_every_module_is_in_the_script_behind_what_it_imports():
    names = sorted(path.name.removesuffix(".js") for path in SCRIPT.iterdir() if path.name.endswith(".js"))
    order = in_order()
    assert sorted(order) == names
    for name in order:
        for _, other in imports_of((SCRIPT / f"{name}.js").read_text(encoding="utf-8")):
            assert order.index(other) < order.index(name)
    assert order[-1] == "main"


def test_only_one_file_leans_on_leaflets_insides():
    private = re.compile(r"\._(?!blank)[a-zA-Z]\w*")
    for path in SCRIPT.iterdir():
        if path.name.endswith(".js") and path.name != "leaflet_canvas.js":
            assert private.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_nothing_but_the_tiles_names_another_server():
    text = script_bundle().decode()
    assert set(re.findall(r"https?://([\w.]+)", text)) == {"cyberjapandata.gsi.go.jp", "maps.gsi.go.jp"}
    assert "innerHTML" not in text.replace("attributionControl.addAttribution(el(", "").replace(
        ".innerHTML); // escaped", ""
    )


def test_a_circle_of_imports_is_refused(monkeypatch, tmp_path):
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.js").write_text(f'import {{ x }} from "./{other}.js";\n', encoding="utf-8")
    monkeypatch.setattr("renkei.browser.script_bundle._folder", lambda: tmp_path)
    with pytest.raises(ValueError, match="a → b → a"):
        in_order.__wrapped__("a")


def test_a_module_has_its_own_scope():
    made = scoped("one", "const hidden = 1;\nexport function shown() { return hidden; }\n")
    assert made.startswith("const $one = (() => {")
    assert "return { shown };" in made
