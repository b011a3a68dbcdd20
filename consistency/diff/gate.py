"""The gate: how sure it is that two rivals clash, and whether the clash is a conflict or a development.

Boosted trees, learned from clashes of all kinds together, say how likely each nature is; for each kind of fact and each
sort of statement a linear model weighs that beside the signals, calibrated where enough whole pairs of articles tell
(weights: ``data/gate.json``, made by ``benchmarks/train_gate.py``). Where the gate is not sure enough no alarm is
raised: one side tells something else.
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
from consistency.learned import Forest, Model, Rows
from consistency.model import Change, Nature
from consistency.text import find_data

_FAINT = 0.2  # how sure a clash must be that is told as another detail


@attrs.frozen
class Gate:
    """What is learned of one kind of fact in one sort of statement: how sure each nature is, and from where it is told.

    ``alone`` says from where it is told in articles of one sentence, where that is another place: whoever sets two
    sentences side by side wants to know what was edited.

    >>> gate = Gate({nature: Model(0.0, {}) for nature in (Nature.CONFLICT, Nature.DEVELOPMENT)}, {})
    >>> list(gate.judge((), Rows((), ())))
    []
    """

    models: Mapping[Nature, Model]
    least: Mapping[Nature, float]
    alone: Mapping[Nature, float] = attrs.field(factory=dict)

    def judge(self, rivals: Sequence[Rival], table: Rows) -> Iterator[Change]:
        """Yield the changes that rivals are, each with its confidence, in [0, 1]; not those too unsure to be told.

        The table has a row for each of them: its signals, and what the trees say of each nature.
        """
        if not rivals:
            return
        natures = tuple(self.models)
        for rival, *chances in zip(rivals, *(self.models[n].predict(table).tolist() for n in natures), strict=True):
            nature = rival.nature or max(natures, key=lambda n: chances[natures.index(n)])
            confidence = min(1.0, math.fsum(chances)) if rival.nature else max(chances)
            kind = min(rival.left.kind, rival.right.kind)
            least = self.alone if self.alone and rival.signals.get("alone") == 1 else self.least
            if nature is not Nature.ELABORATION and confidence >= least[nature]:
                yield Change(kind, nature, rival.left, rival.right, round(confidence, 4))
            elif rival.is_detail and confidence >= _FAINT:
                yield Change(kind, Nature.ELABORATION, rival.left, rival.right)


@attrs.frozen
class Gates:
    """The gates by kind of fact and sort of statement, and the trees of each nature that all of them ask.

    >>> list(Gates({}, {}).judge(()))
    []
    """

    gates: Mapping[str, Gate]
    trees: Mapping[Nature, Forest]

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The signals that are weighed, without those of the trees."""
        models = (model.signals for gate in self.gates.values() for model in gate.models.values())
        asked = itertools.chain(*models, *(forest.names for forest in self.trees.values()))
        return tuple(sorted({*asked} - {*map(name_trees, self.trees)}))

    def judge(self, rivals: Iterable[Rival]) -> Iterator[Change]:
        """Yield the changes that rivals are, as the gate of each says."""
        known = [rival for rival in rivals if rival.gate in self.gates]
        if not known:
            return
        import numpy as np

        names = self.names
        table = Rows(names, np.array([[rival.signals.get(name, 0.0) for name in names] for rival in known]))
        grown = [forest.predict(table) for forest in self.trees.values()]
        table = Rows((*names, *map(name_trees, self.trees)), np.column_stack([table.signals, *grown]))
        rows = collections.defaultdict(list)
        for row, rival in enumerate(known):
            rows[rival.gate].append(row)
        for name, some in rows.items():
            yield from self.gates[name].judge([known[row] for row in some], Rows(table.names, table.signals[some]))


def name_trees(nature: Nature) -> str:
    """Return the name of the signal that is what the trees of a nature say.

    >>> name_trees(Nature.CONFLICT)
    'trees_conflict'
    """
    return f"trees_{nature}"


def _rank(change: Change) -> tuple[bool, float, int, int]:
    """Return the place of a clash among others, the same from either side."""
    left, right = (fact.start if fact else 0 for fact in (change.left, change.right))
    return change.nature is Nature.ELABORATION, -change.confidence, abs(left - right), left + right


@functools.cache
def load_gates() -> Gates:
    """Return the shipped gates.

    >>> sorted(load_gates().gates)[:2]
    ['act', 'act alone']
    """
    learned = json.loads(find_data("gate.json").read_text("utf-8"))
    gates = {
        kind: Gate(
            {Nature(nature): Model.build(**model) for nature, model in rows["models"].items()},
            *({Nature(nature): least for nature, least in rows[where].items()} for where in ("least", "alone")),
        )
        for kind, rows in learned["gates"].items()
    }
    return Gates(gates, {Nature(nature): Forest.build(trees) for nature, trees in learned["trees"].items()})


def judge_rivals(rivals: Iterable[Rival], gates: Gates | None = None) -> list[Change]:
    """Return the clashes among rivals, the surest first; each fact is in one of them.

    >>> judge_rivals([])
    []
    """
    gates = load_gates() if gates is None else gates
    found = sorted(gates.judge(rivals), key=_rank)
    told: set[tuple[str, int, int]] = set()
    kept = []
    for change in found:
        sides = (("left", change.left), ("right", change.right))
        facts = {(name, fact.start, fact.end) for name, fact in sides if fact}
        if told.isdisjoint(facts):
            told |= facts
            kept.append(change)
    return kept
