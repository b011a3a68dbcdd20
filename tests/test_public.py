"""The public face: its names, what importing it costs, and that every table says where it is from."""

from __future__ import annotations

import ast
import importlib.resources
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

import consistency
from strategies import HANG

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("jinja2", "nltk", "numpy", "scipy", "trafilatura")
PROMISED = {
    *("Article", "Change", "Comparer", "Comparison", "Kind", "Nature", "Pair", "Relation"),
    *("ConsistencyError", "ReadError", "SettingsError", "build_report", "compare", "read", "__version__"),
}


def run_python(code: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=HANG)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_names_are_sorted_strings_that_exist() -> None:
    assert consistency.__all__ == sorted(set(consistency.__all__))
    assert all(hasattr(consistency, name) for name in consistency.__all__)


def test_promised_names_are_public() -> None:
    assert set(consistency.__all__) >= PROMISED


def test_public_names_are_no_modules() -> None:
    """Importing ``consistency/compare.py`` would overwrite ``consistency.compare``."""
    modules = {path.stem for path in (ROOT / "consistency").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert not modules & set(consistency.__all__)


@pytest.mark.parametrize("name", [name for name in consistency.__all__ if name != "__version__"])
def test_public_names_say_what_they_are_and_show_it(name: str) -> None:
    explained: Any = getattr(consistency, name)
    assert explained.__doc__
    assert name.endswith("Error") or ">>> " in explained.__doc__


def test_version_is_that_of_the_file() -> None:
    tree = ast.parse((ROOT / "consistency" / "_version.py").read_text(encoding="utf-8"))
    assert [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)] == [
        consistency.__version__
    ]


def test_import_brings_nothing_heavy() -> None:
    code = f"import json, sys, consistency; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    assert json.loads(run_python(code)) == []


def test_import_is_quick() -> None:
    """Less than 0.2 s of the processor, so that other work on the machine does not count; the best of some runs."""
    code = "import time; start = time.process_time(); import consistency; print(time.process_time() - start)"
    spent = [float(run_python(code)) for _ in range(5)]
    assert min(spent) < 0.2, spent


@pytest.mark.parametrize("value", [consistency.Article("Rain fell."), consistency.Comparer()])
def test_values_are_frozen(value: attrs.AttrsInstance) -> None:
    (name, *_) = (field.name for field in attrs.fields(type(value)))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, name, None)


@pytest.mark.parametrize("place", ["data", "languages/en"])
def test_every_data_file_says_where_it_is_from(place: str) -> None:
    folder = importlib.resources.files("consistency") / place
    table = (folder / "README.md").read_text(encoding="utf-8")
    missing = [file.name for file in folder.iterdir() if f"`{file.name}`" not in table and file.name != "README.md"]
    assert not missing
