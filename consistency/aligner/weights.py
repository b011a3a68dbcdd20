"""Weights: the learned combinations of signals, and the thresholds of decoding."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from consistency.text import find_data

if TYPE_CHECKING:
    from consistency.aligner.signals import Pairs
    from consistency.aligner.texts import Vector

_ROWS = 4_096  # pairs whose way through the trees is followed at a time


@attrs.frozen
class Forest:
    """Regression trees of one shape: what they add to the log-odds (gradient boosting, Friedman 2001).

    Each field has a row for each tree and in it a column for each node, of which the first is the root. A pair goes
    from node ``k`` to ``lower[k]`` where its signal is at most the threshold, else to ``upper[k]``; a leaf is followed
    by itself.

    >>> stump = Forest(("cosine",), ((0, 0, 0),), ((0.5, 0, 0),), ((1, 1, 2),), ((2, 1, 2),), ((0, -1.0, 1.0),))
    >>> stump.depth
    1
    """

    names: tuple[str, ...]
    signals: tuple[tuple[int, ...], ...]  # places in ``names``
    thresholds: tuple[tuple[float, ...], ...]
    lower: tuple[tuple[int, ...], ...]
    upper: tuple[tuple[int, ...], ...]
    values: tuple[tuple[float, ...], ...]

    @property
    def depth(self) -> int:
        """The steps from a root to the farthest leaf."""
        return max((_measure_depth(*tree) for tree in zip(self.lower, self.upper, strict=True)), default=0)

    @functools.cached_property
    def _arrays(self) -> tuple[Any, ...]:
        import numpy as np

        shift = np.arange(len(self.lower))[:, None] * (len(self.lower[0]) if self.lower else 0)
        columns = (np.array(x) for x in (self.signals, self.thresholds, self.lower + shift, self.upper + shift))
        return (*(column.ravel() for column in columns), np.array(self.values).ravel(), shift.ravel(), self.depth)

    def predict(self, pairs: Pairs) -> Vector:
        """Return what the trees add up to for each pair.

        >>> import numpy as np
        >>> from consistency.aligner.signals import Pairs
        >>> stump = Forest(("cosine",), ((0, 0, 0),), ((0.5, 0, 0),), ((1, 1, 2),), ((2, 1, 2),), ((0, -1.0, 1.0),))
        >>> stump.predict(Pairs(np.array([0, 0]), np.array([0, 1]), ("cosine",), np.array([[0.5], [0.6]]))).tolist()
        [-1.0, 1.0]
        """
        import numpy as np

        table = pairs.signals[:, [pairs.names.index(name) for name in self.names]]
        signals, thresholds, lower, upper, values, roots, depth = self._arrays
        sums = np.zeros(len(table))
        for start in range(0, len(table), _ROWS):
            part = table[start : start + _ROWS]
            cells, shift = part.ravel(), np.arange(len(part))[:, None] * len(self.names)
            nodes = np.broadcast_to(roots, (len(part), len(roots)))
            for _ in range(depth):
                goes_low = cells.take(signals.take(nodes) + shift) <= thresholds.take(nodes)
                nodes = np.where(goes_low, lower.take(nodes), upper.take(nodes))
            sums[start : start + _ROWS] = values.take(nodes).sum(axis=1)
        return sums


def _measure_depth(lower: Sequence[int], upper: Sequence[int]) -> int:
    depth, level = 0, {0}
    while level := {child for k in level for child in (lower[k], upper[k]) if child != k}:
        depth += 1
    return depth


@attrs.frozen
class Model:
    """A learned combination of signals: one weight a signal, and trees for what is not linear.

    >>> Model(0.0, {"cosine": 2.0}).signals["cosine"]
    2.0
    """

    bias: float
    signals: Mapping[str, float]
    forest: Forest | None = None

    def predict(self, pairs: Pairs) -> Vector:
        """Return the probability of a link for each pair, in millionths: near-equal sums are equal.

        >>> import numpy as np
        >>> from consistency.aligner.signals import Pairs
        >>> one = np.array([0])
        >>> Model(0.0, {"cosine": 2.0}).predict(Pairs(one, one, ("cosine",), np.array([[0.5]])))
        array([0.731059])
        """
        import numpy as np

        odds = self.bias + pairs.signals @ np.array([self.signals.get(name, 0.0) for name in pairs.names])
        if self.forest:
            odds = odds + self.forest.predict(pairs)
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30)))).round(6)

    def explain(self, pairs: Pairs, row: int) -> dict[str, float]:
        """Return what bias, signals and trees add to the log-odds of one pair, the strongest first.

        >>> import numpy as np
        >>> from consistency.aligner.signals import Pairs
        >>> one = np.array([0])
        >>> Model(0.1, {"cosine": 2.0}).explain(Pairs(one, one, ("cosine",), np.array([[0.5]])), 0)
        {'cosine': 1.0, 'bias': 0.1}
        """
        signals = zip(pairs.names, pairs.signals[row], strict=True)
        parts = {"bias": self.bias} | {name: self.signals.get(name, 0.0) * float(x) for name, x in signals}
        if self.forest:
            parts["trees"] = float(self.forest.predict(pairs.choose([k == row for k in range(len(pairs.left))]))[0])
        return dict(sorted(parts.items(), key=lambda part: -abs(part[1])))


@attrs.frozen
class Weights:
    """What is learned: models of all pairs, of likely ones, of these with a similarity from outside, of joining a bead.

    ``found`` is the least probability of a pair that founds a bead, ``join`` of a sentence that joins one.
    """

    words: Model
    likely: Model
    similar: Model
    joining: Model
    found: float
    join: float


@functools.cache
def load_weights() -> Weights:
    """Return the shipped weights.

    >>> 0 < load_weights().found < 1
    True
    """
    learned = json.loads(find_data("aligner.json").read_text("utf-8"))
    words, likely, similar, joining = (_build(learned.pop(name)) for name in ("words", "likely", "similar", "joining"))
    return Weights(words, likely, similar, joining, **learned)


def _build(learned: dict[str, Any]) -> Model:
    forest = learned.pop("forest", None)
    return Model(**learned, forest=forest and Forest(**{name: _freeze(rows) for name, rows in forest.items()}))


def _freeze(rows: Any) -> Any:
    return tuple(map(_freeze, rows)) if isinstance(rows, list) else rows
