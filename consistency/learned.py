"""What is learned: linear models and trees that tell a probability from named signals, as rows of plain numbers."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import attrs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Matrix = NDArray[np.float64]

_ROWS = 4_096  # rows whose way through the trees is followed at a time


class SignalTable(Protocol):
    """Signals by name: a column each, a row for each thing that is weighed."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are."""
        ...

    @property
    def signals(self) -> Matrix:
        """The rows."""
        ...


@attrs.frozen(eq=False)
class Rows:
    """A plain table.

    >>> import numpy as np
    >>> Rows(("cosine",), np.array([[0.5]])).names
    ('cosine',)
    """

    names: tuple[str, ...]
    signals: Matrix


@attrs.frozen
class Forest:
    """Regression trees of one shape: what they add to the log-odds (gradient boosting, Friedman 2001).

    Each field has a row for each tree and in it a column for each node, of which the first is the root. A row goes
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
    _columns: dict[tuple[str, ...], Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def build(cls, rows: Mapping[str, Any]) -> Forest:
        """Return the trees that a file of weights tells of.

        >>> Forest.build(dict.fromkeys(("names", "signals", "thresholds", "lower", "upper", "values"), [])).names
        ()
        """
        return cls(**{name: _freeze(part) for name, part in rows.items()})

    @property
    def depth(self) -> int:
        """The steps from a root to the farthest leaf."""
        return max((_measure_depth(*tree) for tree in zip(self.lower, self.upper, strict=True)), default=0)

    def _find_columns(self, names: tuple[str, ...]) -> Any:
        """Return where the signals of the trees stand among others; the few tables that are asked about are kept."""
        import numpy as np

        if names not in self._columns:
            places = {name: place for place, name in enumerate(names)}
            self._columns[names] = np.array([places[name] for name in self.names], np.intp)
        return self._columns[names]

    @functools.cached_property
    def _levels(self) -> tuple[list[tuple[Any, Any]], Any]:
        """The signals and thresholds of all trees level by level, and the values below the last.

        Node ``k`` of a level is followed by ``2 * k`` and ``2 * k + 1`` of the next; leaves are moved down to the last.
        """
        import numpy as np

        columns = self.signals, self.thresholds, self.lower, self.upper, self.values
        signals, thresholds, lower, upper, values = map(np.array, columns)
        trees = np.arange(len(self.lower))[:, None]
        nodes = np.zeros((len(trees), 1), int)
        levels = []
        for _ in range(self.depth):
            levels.append((signals[trees, nodes].ravel(), thresholds[trees, nodes].ravel()))
            nodes = np.stack([lower[trees, nodes], upper[trees, nodes]], axis=2).reshape(len(trees), -1)
        return levels, values[trees, nodes].ravel()

    def predict(self, table: SignalTable) -> Vector:
        """Return what the trees add up to for each row.

        >>> import numpy as np
        >>> stump = Forest(("cosine",), ((0, 0, 0),), ((0.5, 0, 0),), ((1, 1, 2),), ((2, 1, 2),), ((0, -1.0, 1.0),))
        >>> stump.predict(Rows(("cosine",), np.array([[0.5], [0.6]]))).tolist()
        [-1.0, 1.0]
        """
        import numpy as np

        wanted = table.signals.take(self._find_columns(table.names), axis=1)
        sums = np.zeros(len(wanted))
        if not self.lower:
            return sums
        levels, values = self._levels
        for start in range(0, len(wanted), _ROWS):
            part = wanted[start : start + _ROWS]
            cells, shift = part.ravel(), np.arange(len(part))[:, None] * len(self.names)
            nodes = np.tile(np.arange(len(self.lower)), (len(part), 1))
            for signals, thresholds in levels:
                goes_up = cells.take(signals.take(nodes) + shift) > thresholds.take(nodes)
                nodes += nodes
                nodes += goes_up
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
    _columns: dict[tuple[str, ...], Vector] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def build(cls, bias: float, signals: Mapping[str, float], forest: Mapping[str, Any] | None = None) -> Model:
        """Return the model that a file of weights tells of.

        >>> Model.build(0.5, {"cosine": 2.0}).bias
        0.5
        """
        return cls(bias, signals, None if forest is None else Forest.build(forest))

    def predict(self, table: SignalTable) -> Vector:
        """Return the probability of each row, in millionths: near-equal sums are equal.

        >>> import numpy as np
        >>> Model(0.0, {"cosine": 2.0}).predict(Rows(("cosine",), np.array([[0.5]])))
        array([0.731059])
        """
        import numpy as np

        weights = self._columns.get(table.names)  # the few tables that a model is asked about have hundreds of names
        if weights is None:
            weights = self._columns[table.names] = np.array([self.signals.get(name, 0.0) for name in table.names])
        odds = self.bias + table.signals @ weights
        if self.forest:
            odds = odds + self.forest.predict(table)
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30)))).round(6)

    def explain(self, table: SignalTable, row: int) -> dict[str, float]:
        """Return what bias, signals and trees add to the log-odds of one row, the strongest first.

        >>> import numpy as np
        >>> Model(0.1, {"cosine": 2.0}).explain(Rows(("cosine",), np.array([[0.5]])), 0)
        {'cosine': 1.0, 'bias': 0.1}
        """
        signals = zip(table.names, table.signals[row], strict=True)
        parts = {"bias": self.bias} | {name: self.signals.get(name, 0.0) * float(x) for name, x in signals}
        if self.forest:
            parts["trees"] = float(self.forest.predict(Rows(table.names, table.signals[row : row + 1]))[0])
        return dict(sorted(parts.items(), key=lambda part: -abs(part[1])))


def _freeze(rows: Sequence[Any]) -> tuple[Any, ...]:
    """Return names, or the rows of a table of numbers; there are many numbers, and none is looked at."""
    return tuple([tuple(row) if isinstance(row, list) else row for row in rows])
