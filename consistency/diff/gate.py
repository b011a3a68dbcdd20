"""The gate: how sure it is that two rivals clash, and whether the clash is a conflict or a development.

For each kind of fact, each sort of statement and each nature a learned model (a linear one with trees on it; weights:
``data/gate.json``, made by ``benchmarks/train_gate.py``) says how sure it is, calibrated where enough whole pairs of
articles tell. Where the gate is not sure enough no alarm is raised: one side tells something else.
"""

from __future__ import annotations

import collections
import functools
import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from consistency.diff.rivals import Rival
from consistency.learned import Model, Rows
from consistency.model import Change, Nature
from consistency.text import find_data

_FAINT = 0.1  # how sure a clash must be that is told as another detail


@attrs.frozen
class Gate:
    """What is learned of one kind of fact in one sort of statement: how sure each nature is, and from where it is told.

    >>> gate = Gate({nature: Model(0.0, {}) for nature in (Nature.CONFLICT, Nature.DEVELOPMENT)}, {})
    >>> list(gate.judge(()))
    []
    """

    models: Mapping[Nature, Model]
    least: Mapping[Nature, float]

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The signals that it weighs."""
        trees = (model.forest.names for model in self.models.values() if model.forest)
        return tuple(sorted({*itertools.chain(*(model.signals for model in self.models.values()), *trees)}))

    def judge(self, rivals: Sequence[Rival]) -> Iterator[Change]:
        """Yield the changes that rivals are, each with its confidence, in [0, 1]; not those too unsure to be told."""
        if not rivals:
            return
        import numpy as np

        names = self.names
        table = Rows(names, np.array([[rival.signals.get(name, 0.0) for name in names] for rival in rivals]))
        natures = tuple(self.models)
        for rival, *chances in zip(rivals, *(self.models[n].predict(table).tolist() for n in natures), strict=True):
            nature = rival.nature or max(natures, key=lambda n: chances[natures.index(n)])
            confidence = min(1.0, math.fsum(chances)) if rival.nature else max(chances)
            kind = min(rival.left.kind, rival.right.kind)
            if nature is not Nature.ELABORATION and confidence >= self.least[nature]:
                yield Change(kind, nature, rival.left, rival.right, round(confidence, 4))
            elif rival.is_detail and confidence >= _FAINT:
                yield Change(kind, Nature.ELABORATION, rival.left, rival.right)


def _rank(change: Change) -> tuple[bool, float, int, int]:
    """Return the place of a clash among others, the same from either side."""
    left, right = (fact.start if fact else 0 for fact in (change.left, change.right))
    return change.nature is Nature.ELABORATION, -change.confidence, abs(left - right), left + right


@functools.cache
def load_gates() -> Mapping[str, Gate]:
    """Return the shipped gates by the kind of fact and the sort of statement.

    >>> sorted(load_gates())[:2]
    ['act', 'act alone']
    """
    learned = json.loads(find_data("gate.json").read_text("utf-8"))
    return {
        kind: Gate(
            {Nature(nature): Model.build(**model) for nature, model in rows["models"].items()},
            {Nature(nature): least for nature, least in rows["least"].items()},
        )
        for kind, rows in learned.items()
    }


def judge_rivals(rivals: Iterable[Rival], gates: Mapping[str, Gate] | None = None) -> list[Change]:
    """Return the clashes among rivals, the surest first; each fact is in one of them.

    >>> judge_rivals([])
    []
    """
    gates = load_gates() if gates is None else gates
    by_gate = collections.defaultdict(list)
    for rival in rivals:
        by_gate[rival.gate].append(rival)
    found = [change for kind, some in by_gate.items() if kind in gates for change in gates[kind].judge(some)]
    found.sort(key=_rank)
    told: set[tuple[str, int, int]] = set()
    kept = []
    for change in found:
        sides = (("left", change.left), ("right", change.right))
        facts = {(name, fact.start, fact.end) for name, fact in sides if fact}
        if told.isdisjoint(facts):
            told |= facts
            kept.append(change)
    return kept
