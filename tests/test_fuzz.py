"""Bent input for every door, a little of it; ``make fuzz`` has more."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from consistency import Comparison, build_report, compare
from consistency.report import FORMATS

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


def bend_document(value: Any, wrong: object) -> Iterator[Any]:
    """Yield a document as often as it has fields, each time with something else in the place of one."""
    if isinstance(value, (dict, list)):
        for key, inner in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
            for bent in (wrong, *bend_document(inner, wrong)):
                value[key] = bent
                yield value
            value[key] = inner


@pytest.mark.parametrize(
    "wrong", [None, {}, [], "x", -1, 10**9, True, 1.5, [None], {"a": 1}, math.nan, math.inf], ids=repr
)
def test_a_bent_report_is_refused_or_can_be_written_again(wrong: object) -> None:
    found = compare("Two people died in Tarn. Rain fell.", "Nine people died in Tarn. Snow fell. Few saw it.")
    for bent in bend_document(found.to_dict(), wrong):
        try:
            again = Comparison.from_json(json.dumps(bent))
        except ValueError:
            continue
        for form in FORMATS[Comparison]:
            build_report(again, form)
