"""Imports point one way: what stands lower never reaches up. The order is the one of DESIGN.md's house."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From the ground up: a module may import from its own floor and from those below. A name stands for a module or for
# all of a package, and the longest name that fits a module counts.
PYTHON_FLOORS = [
    [
        "descent_lab.refusals",
        "descent_lab.checks",
        "descent_lab.knobs",
        "descent_lab.catalog",
        "descent_lab.machine.kernels",
    ],
    [
        "descent_lab.formulas.tree",
        "descent_lab.formulas.grammar",
        "descent_lab.formulas.shared_terms",
        "descent_lab.formulas.latex",
        "descent_lab.formulas.derivatives",
        "descent_lab.formulas.mathml",
        "descent_lab.formulas.expressions",
    ],
    [
        "descent_lab.machine.loop",
        "descent_lab.machine.batches",
        "descent_lab.machine.rules",
        "descent_lab.surfaces.surface",
    ],
    [
        "descent_lab.optimizers",
        "descent_lab.surfaces",
        "descent_lab.datasets",
        "descent_lab.networks",
        "descent_lab.machine.random_draws",
        "descent_lab.optimizers.schedules",
    ],
    ["descent_lab.regression", "descent_lab.setups.setup", "descent_lab.setups.reading"],
    ["descent_lab.machine.lanes"],
    ["descent_lab"],  # outcomes, race, landscape, tuning, ...
    ["app.settings"],
    ["app.web"],
    ["app.main"],
    ["app.serve", "descent_lab.cli.main", "descent_lab.__main__"],
]
# Within the engine's top floor, and within the web, these arrows too.
PYTHON_FORBIDDEN = [
    ("descent_lab.races.race", "descent_lab.races.tuning"),
    ("descent_lab.surfaces.landscape", "descent_lab.races.tuning"),
    ("app.messages.requests", "app.stream.connection"),
    ("app.messages.frames", "app.stream.connection"),
    ("app.api.routes", "app.stream.connection"),
    ("app.stream.connection", "app.api.routes"),
    ("app.pages.routes", "app.stream.connection"),
]
ENGINE_MAY_USE = {"numpy", "numba", "llvmlite", "latex2mathml", "scipy", "sklearn"}

BROWSER_FLOORS = [
    ["state/store.js", "state/types.js", "net/frames.js", "format.js"],
    ["state", "net"],
    ["plot.js"],
    ["controls"],
    ["views"],
    ["pages/lab.js"],
    ["pages/inside.js"],
    ["main"],
]


def floor_of(name: str, floors: list[list[str]], separator: str) -> int | None:
    """The floor on which a module stands: that of the longest listed name which is the module or holds it."""
    fits = [
        (len(listed), floor)
        for floor, names in enumerate(floors)
        for listed in names
        if name == listed or name.startswith(listed + separator)
    ]
    return max(fits)[1] if fits else None


# ---------------------------------------------------------------- Python


def python_modules() -> dict[str, Path]:
    """Dotted name -> file, for everything below `app`."""
    found = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = python_modules()


def python_imports(source: str, module: str, package: bool) -> Iterator[str]:
    """Every module that a source imports, also within functions and for types alone."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")
                parents = parents[: len(parents) - node.level + package]
                base = ".".join([*parents, base] if base else parents)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in MODULES else base


def imports_of(module: str) -> set[str]:
    path = MODULES[module]
    return set(python_imports(path.read_text(), module, path.name == "__init__.py")) - {module}


def python_floor(module: str) -> int | None:
    """`app` itself holds the version alone; everybody may read that."""
    if module.startswith("app.cli_"):  # a family of commands
        return len(PYTHON_FLOORS) - 1
    return 0 if module == "app" else floor_of(module, PYTHON_FLOORS, ".")


@pytest.mark.parametrize("module", MODULES)
def test_no_import_points_up(module: str) -> None:
    floor = python_floor(module)
    assert floor is not None, f"{module} has no floor yet: list it in PYTHON_FLOORS"
    for imported in sorted(name for name in imports_of(module) if name.split(".")[0] == "app"):
        below = python_floor(imported)
        assert below is not None, f"{module} imports {imported}, which is not there"
        assert below <= floor, f"{module} stands below {imported} and imports it"
        assert not any(
            (module == a or module.startswith(a + ".")) and (imported == b or imported.startswith(b + "."))
            for a, b in PYTHON_FORBIDDEN
        ), f"{module} and {imported} should not know each other this way"


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("descent_lab")])
def test_the_engine_knows_nothing_of_the_web(module: str) -> None:
    outside = {name.split(".")[0] for name in imports_of(module)} - {"app", *sys.stdlib_module_names}
    assert outside <= ENGINE_MAY_USE


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("app.web")])
def test_the_web_does_no_compiling(module: str) -> None:
    assert not {name.split(".")[0] for name in imports_of(module)} & {
        "numba",
        "llvmlite",
        "scipy",
        "sklearn",
        "sympy",
    }


def test_no_two_modules_import_each_other() -> None:
    graph = {name: {other for other in imports_of(name) if other in MODULES} for name in MODULES}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, "a circle: " + " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            for other in sorted(graph[name]):
                walk(other, (*path, name))
            done.add(name)

    for name in graph:
        walk(name, ())


# ---------------------------------------------------------------- the browser's modules

STATIC = ROOT / "static"
SCRIPTS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b(?:[^"';]*?\bfrom)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)""",
    re.M,
)


def script_imports(script: str) -> Iterator[str]:
    """What a browser module loads. A type mentioned in a comment is no import."""
    path = STATIC / script
    source = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    source = re.sub(r"^\s*//.*$", "", source, flags=re.M)
    for match in IMPORT.finditer(source):
        target = match[1] or match[2]
        assert target.startswith("."), f"{script} imports {target!r}, which no browser finds"
        yield (path.parent / target).resolve().relative_to(STATIC).as_posix()


def script_floor(script: str) -> int | None:
    return (
        len(BROWSER_FLOORS) - 1
        if re.fullmatch(r"main-[a-z]+\.js", script)
        else floor_of(script, BROWSER_FLOORS, "/")
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_browser_module_points_up(script: str) -> None:
    floor = script_floor(script)
    assert floor is not None, f"{script} has no floor yet: list it in BROWSER_FLOORS"
    for imported in script_imports(script):
        below = script_floor(imported)
        assert below is not None, f"{script} imports {imported}, which has no floor"
        assert below <= floor, f"{script} stands below {imported} and imports it"


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name.startswith(("views/", "controls/"))])
def test_a_view_knows_neither_socket_nor_page(script: str) -> None:
    assert not [name for name in script_imports(script) if name.startswith(("net/", "main-"))]


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name.startswith("views/")])
def test_views_do_not_know_each_other(script: str) -> None:
    """A view may be put together of several files; what exports a view of its own is not imported by another."""
    views = {
        name
        for name in script_imports(script)
        if re.search(r"^export function \w+View\(", (STATIC / name).read_text(), re.M)
    }
    assert not views
