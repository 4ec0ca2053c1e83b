"""Imports of the package point one way, as docs/architecture.md says."""

import ast
import pathlib
import subprocess
import sys

import pytest

import dota_env_rpc

PACKAGE = pathlib.Path(dota_env_rpc.__file__).parent
ROOT = pathlib.Path(__file__).parent.parent

# A part imports itself and the parts of layers above it, never its own neighbors.
LAYERS = (
    ("match",),
    ("data", "protocols", "sim"),
    ("bots",),
    ("content",),
    ("backends", "tasks"),
    ("compile", "replay"),
    ("environment",),
    ("server",),
    ("client",),
    ("gym",),
    ("bridges",),
    ("serving",),
    ("__main__",),
)
LAYER = {part: number for number, layer in enumerate(LAYERS) for part in layer}
# Contracts and fakes for tests: it may import all, and only tests import it.
TESTING = "testing"


def part_of(path: pathlib.Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_modules(path: pathlib.Path) -> list[str]:
    """Returns the modules that a file imports anywhere, "from a import b" as "a.b"."""
    modules = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            modules += [f"{node.module}.{alias.name}" for alias in node.names]
    return modules


def imported_parts(path: pathlib.Path) -> set[str]:
    names = (module.split(".") for module in imported_modules(path))
    return {name[1] for name in names if name[0] == PACKAGE.name and len(name) > 1}


SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE
                 or path.name != "__init__.py")


def test_every_part_has_its_layer():
    assert {part_of(path) for path in SOURCES} == {*LAYER, TESTING}


@pytest.mark.parametrize("path", [path for path in SOURCES if part_of(path) != TESTING],
                         ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_to_earlier_layers(path):
    part = part_of(path)
    allowed = {other for other, layer in LAYER.items() if layer < LAYER[part]}
    assert imported_parts(path) - {part} <= allowed


def test_examples_use_the_public_surface_only():
    # Messages of other protocols are what their clients are made of.
    public = {*dota_env_rpc.__all__, "protocols"}
    for path in (ROOT / "examples").rglob("*.py"):
        assert imported_parts(path) <= public, path


def test_importing_the_package_loads_nothing_heavy():
    """A program that only wants the names need not wait for compiler, arrays or gRPC."""
    heavy = ("numba", "numpy", "grpc", "dm_env")
    code = (
        "import sys, dota_env_rpc; "
        f"print([name for name in {heavy} if name in sys.modules])")
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True,
        check=True)
    assert result.stdout.strip() == "[]"


def test_a_client_loads_no_simulator():
    """A machine that only runs agents need not compile the rules."""
    code = (
        "import sys, dota_env_rpc; dota_env_rpc.connect; "
        "print('dota_env_rpc.backends.simulated' in sys.modules)")
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True,
        check=True)
    assert result.stdout.strip() == "False"


@pytest.mark.parametrize("name", dota_env_rpc.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(dota_env_rpc, name).__doc__


def test_an_unknown_name_is_told():
    with pytest.raises(AttributeError, match="no attribute 'mkae'"):
        dota_env_rpc.mkae  # noqa: B018
