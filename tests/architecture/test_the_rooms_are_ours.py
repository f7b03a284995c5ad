"""The five rooms are the ones in this checkout, are packed whole, and no file or function in them outgrows a reader."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("domain", "gdpr", "application", "infrastructure", "adapters")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_comes_from_this_checkout(room: str) -> None:
    """All five names are taken by others' distributions: one of those in the environment would be imported instead."""
    found = importlib.util.find_spec(room)

    assert found is not None
    assert found.origin == str(ROOT / room / "__init__.py")


def test_the_tests_are_no_package_and_shadow_no_room() -> None:
    folders = [folder for folder in (ROOT / "tests").rglob("*") if folder.is_dir()]

    assert not list((ROOT / "tests").rglob("__init__.py"))
    assert not [folder for folder in folders if folder.name in ROOMS]


def test_no_file_is_longer_than_a_reader_keeps_in_mind() -> None:
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in _sources()}

    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{_name(path)}:{function.lineno} {function.name}": _length(function)
        for path in _sources()
        for function in _functions(path)
    }

    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_the_wheel_carries_every_file_of_every_room(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for room in ROOMS:
        shutil.copytree(ROOT / room, checkout / room, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copy(ROOT / "pyproject.toml", checkout)
    there = {
        str(path.relative_to(checkout)) for room in ROOMS for path in (checkout / room).rglob("*") if path.is_file()
    }

    build = "import setuptools.build_meta as backend; print(backend.build_wheel('.'))"
    built = subprocess.run([sys.executable, "-c", build], cwd=checkout, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = checkout.glob("tillid-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert packed == there


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))
