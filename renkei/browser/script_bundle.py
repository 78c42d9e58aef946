"""The ES modules of ``script/`` as one script: fetched in one go, and able to stand inside a file that is kept.

No build step: each module becomes a function of its own scope, in the order in which modules import one another.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MAIN = "main"
"""The module that imports all others; nothing imports it."""
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:const|let|function|async function|class) (\w+)", re.MULTILINE)


def _folder() -> Traversable:
    return files("renkei.browser") / "script"


def imports_of(source: str) -> list[tuple[str, str]]:
    r"""Return the names that a module imports and from where.

    Examples
    --------
    >>> imports_of('import { a, b } from "./text.js";\n')
    [('a, b', 'text')]
    """
    return [(names.strip().rstrip(","), module) for names, module in _IMPORT.findall(source)]


@cache
def in_order(main: str = MAIN) -> tuple[str, ...]:
    """Return the modules so that each stands behind those that it imports.

    Raises
    ------
    ValueError
        When modules import one another in a circle.
    """
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            msg = f"modules import one another: {' → '.join((*above, name))}"
            raise ValueError(msg)
        if name in order:
            return
        for _, other in imports_of((_folder() / f"{name}.js").read_text(encoding="utf-8")):
            visit(other, (*above, name))
        order.append(name)

    visit(main, ())
    return tuple(order)


def scoped(name: str, source: str) -> str:
    r"""Return a module as a function of its own scope that gives what it exports.

    Examples
    --------
    >>> print(scoped("b", 'import { a } from "./a.js";\nexport const c = a;\n'))
    const $b = (() => {
    const { a } = $a;
    const c = a;
    return { c };
    })();
    """
    exported = _EXPORT.findall(source)
    taken = "".join(f"const {{ {names.replace(' as ', ': ')} }} = ${module};\n" for names, module in imports_of(source))
    body = re.sub(r"^export ", "", _IMPORT.sub("", source), flags=re.MULTILINE)
    return f"const ${name} = (() => {{\n{taken}{body.strip()}\nreturn {{ {', '.join(exported)} }};\n}})();"


@cache
def script_bundle() -> bytes:
    """Return all modules as one script in one scope."""
    parts = (scoped(name, (_folder() / f"{name}.js").read_text(encoding="utf-8")) for name in in_order())
    return ("(() => {\n" + '"use strict";\n' + "\n".join(parts) + "\n})();\n").encode()


def style_sheet() -> bytes:
    """Return the page's style sheet."""
    return (_folder() / "page.css").read_bytes()
