"""Bent input for every door, a little of it; ``make fuzz`` has more."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

PATH = Path(__file__).parents[1] / "benchmarks" / "fuzz.py"
SPEC = importlib.util.spec_from_file_location("fuzz", PATH)
assert SPEC is not None
assert SPEC.loader is not None
fuzz = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fuzz)


@pytest.mark.parametrize("target", fuzz.TARGETS, ids=lambda target: target.__name__)
def test_bent_input_raises_nothing_but_our_errors(
    target: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # prepare() goes where its files are
    fuzz.prepare()
    inputs = (data for wanted, data in fuzz.generate(seed=4, count=1000) if wanted is target)
    for data in inputs:
        told = fuzz.attack(target, data)
        assert not told, f"{data!r}\n{told}"


def test_the_same_seed_gives_the_same_inputs() -> None:
    first, again, other = (list(fuzz.generate(seed, 50)) for seed in (1, 1, 2))
    assert first == again != other


def test_what_is_not_ours_is_told() -> None:
    def fail(data: bytes) -> None:
        raise RuntimeError(data)

    assert "RuntimeError" in fuzz.attack(fail, b"rain")
