"""Imports point one way: what stands lower never reaches up. docs/architecture.md draws the floors."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From the ground up: a room imports from itself and below. A module at the top of a package is a room of its own.
PYTHON_FLOORS = [
    [
        "descent_lab",
        "descent_lab.refusals",
        "descent_lab.geometry",
        "descent_lab.scene",
        "descent_lab.limits",
        "descent_lab.cache",
    ],
    ["descent_lab.checks", "descent_lab.knobs", "descent_lab.catalog", "descent_lab.heap"],
    ["descent_lab.formulas", "descent_lab.tables"],
    ["descent_lab.machine", "descent_lab.datasets"],
    ["descent_lab.surfaces", "descent_lab.networks.kernels", "descent_lab.regression"],
    ["descent_lab.optimizers", "descent_lab.networks"],
    ["descent_lab.warm"],
    ["descent_lab.setups"],
    ["descent_lab.races", "descent_lab.training"],
    [
        "descent_lab.inside",
        "descent_lab.links",
        "descent_lab.listings",
        "descent_lab.results",
    ],
    ["descent_lab.search"],
    ["descent_lab.cli", "app.settings", "app.figures", "app.logs"],
    [
        "descent_lab.__main__",
        "app",
        "app.__main__",
        "app.security",
        "app.refused",
        "app.messages",
        "app.work",
    ],
    ["app.pages", "app.questions", "app.runs", "app.serve"],
    ["app.stream", "app.api"],
    ["app.main"],
]

BROWSER_FLOORS = [
    ["format.js", "plot.js", "net", "state"],
    ["state/running", "state/race"],
    ["state/regression", "state/network", "state/search"],
    ["controls/widgets"],
    ["controls/page", "controls/entrants", "controls/table"],
    ["controls/race", "controls/regression", "controls/network", "controls/inside", "controls/search"],
    ["views/canvas"],
    ["views/map", "views/samples", "views/charts", "views/tables", "views/search"],
    ["views/surface3d", "views/data", "views/network"],
    ["views/regions", "views/inside"],
    ["pages"],
]

DEEPEST = 12
"""Rooms of the longest chain of imports."""

LIBRARY_MAY_USE = {
    "charset_normalizer",
    "clevercsv",
    "latex2mathml",
    "llvmlite",
    "numba",
    "numpy",
    "pydantic",
    "pydantic_core",
    "scipy",
    "sklearn",
    "rich",
    "typer",
}


def floors(listing: list[list[str]]) -> dict[str, int]:
    """Room -> the floor on which it stands."""
    return {room: floor for floor, rooms in enumerate(listing) for room in rooms}


PYTHON_ROOMS, BROWSER_ROOMS = floors(PYTHON_FLOORS), floors(BROWSER_FLOORS)

Imports = dict[tuple[str, str], tuple[str, str]]
"""Two rooms -> the first two modules found, of which the one imports the other."""


def chain(imports: Imports) -> list[str]:
    """The longest chain of rooms, each of which imports the next."""
    below: dict[str, set[str]] = {}
    for upper, lower in imports:
        below.setdefault(upper, set()).add(lower)

    @cache
    def under(room: str) -> list[str]:
        return [room, *max((under(each) for each in sorted(below.get(room, ()))), key=len, default=[])]

    return max((under(room) for room in below), key=len)


def turned(imports: Imports, floor: dict[str, int]) -> list[str]:
    """Every arrow that points up or along, in words."""
    return [
        f"{upper} (floor {floor[upper]}) imports {lower} (floor {floor[lower]}): {module} imports {imported}"
        for (upper, lower), (module, imported) in imports.items()
        if floor[upper] <= floor[lower]
    ]


# ---------------------------------------------------------------- Python


def python_modules() -> dict[str, Path]:
    """Dotted name -> file, for everything below `descent_lab` and `app`."""
    found = {}
    for path in sorted((*(ROOT / "descent_lab").rglob("*.py"), *(ROOT / "app").rglob("*.py"))):
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


@cache
def imports_of(module: str) -> frozenset[str]:
    path = MODULES[module]
    return frozenset(python_imports(path.read_text(), module, path.name == "__init__.py")) - {module}


def python_room(module: str) -> str:
    """The folder of a module; its own name where that is the top of a package."""
    folder = ".".join(MODULES[module].relative_to(ROOT).parent.parts)
    return module if folder in ("descent_lab", "app") else folder


def python_arrows() -> Imports:
    arrows: Imports = {}
    for module in MODULES:
        for imported in sorted(imports_of(module) & MODULES.keys()):
            upper, lower = python_room(module), python_room(imported)
            if upper != lower:
                arrows.setdefault((upper, lower), (module, imported))
    return arrows


def test_every_python_room_has_a_floor() -> None:
    assert {python_room(module) for module in MODULES} == PYTHON_ROOMS.keys()


def test_no_python_import_points_up() -> None:
    assert not turned(python_arrows(), PYTHON_ROOMS)


def test_no_import_names_a_module_that_is_not_there() -> None:
    tops = {"app", "descent_lab"}
    gone = {
        (module, name)
        for module in MODULES
        for name in imports_of(module)
        if name.split(".")[0] in tops and name not in MODULES
    }
    assert not gone


def test_no_chain_of_rooms_is_deeper_than_twelve() -> None:
    assert len(longest := chain(python_arrows())) <= DEEPEST, " -> ".join(longest)
    assert len(longest := chain(script_arrows())) <= DEEPEST, " -> ".join(longest)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("descent_lab")])
def test_the_library_knows_nothing_of_the_web(module: str) -> None:
    outside = {name.split(".")[0] for name in imports_of(module)} - {"descent_lab", *sys.stdlib_module_names}
    assert outside <= LIBRARY_MAY_USE


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("app")])
def test_the_application_does_no_compiling(module: str) -> None:
    assert not {name.split(".")[0] for name in imports_of(module)} & {
        "numba",
        "llvmlite",
        "scipy",
        "charset_normalizer",
        "clevercsv",
        "sklearn",
        "sympy",
    }


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("app")])
def test_the_application_names_itself_by_relative_imports(module: str) -> None:
    """In the wheel it lies inside the library and is called otherwise."""
    assert (
        not re.search(r"^\s*(from|import) app\b", MODULES[module].read_text(), re.M)
        or module == "app.__main__"
    )


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


def script_room(script: str) -> str:
    """The folder of a script; its own name where it lies in none."""
    return script.rpartition("/")[0] or script


def script_arrows() -> Imports:
    arrows: Imports = {}
    for script in SCRIPTS:
        for imported in script_imports(script):
            assert imported in SCRIPTS, f"{script} imports {imported}, which is not there"
            upper, lower = script_room(script), script_room(imported)
            if upper != lower:
                arrows.setdefault((upper, lower), (script, imported))
    return arrows


def test_every_room_of_scripts_has_a_floor() -> None:
    assert {script_room(script) for script in SCRIPTS} == BROWSER_ROOMS.keys()


def test_no_browser_module_points_up() -> None:
    assert not turned(script_arrows(), BROWSER_ROOMS)


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name.startswith(("views/", "controls/"))])
def test_a_view_knows_neither_socket_nor_page(script: str) -> None:
    assert not [name for name in script_imports(script) if name.startswith(("net/", "pages/"))]


@pytest.mark.parametrize("script", [name for name in SCRIPTS if name.startswith("views/")])
def test_views_do_not_know_each_other(script: str) -> None:
    """A view may be put together of several files; what exports a view of its own is not imported by another."""
    views = {
        name
        for name in script_imports(script)
        if re.search(r"^export function \w+View\(", (STATIC / name).read_text(), re.M)
    }
    assert not views
