"""An install leaves nothing out."""

import pathlib

import dota_env_rpc

SOURCES = pathlib.Path(__file__).parent.parent / "dota_env_rpc"
PACKAGE = pathlib.Path(dota_env_rpc.__file__).parent


def test_every_file_of_the_package_is_installed():
    """The tables of a patch are no Python and lie in a folder that is no package."""
    files = [path.relative_to(SOURCES) for path in SOURCES.rglob("*")
             if path.is_file() and path.suffix != ".pyc"]
    assert any(path.suffix == ".npz" for path in files)
    assert [path for path in files if not (PACKAGE / path).exists()] == []
