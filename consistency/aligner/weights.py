"""Weights: the learned combinations of signals, and the thresholds of decoding."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from consistency.text import find_data

if TYPE_CHECKING:
    from consistency.aligner.signals import Pairs, Vector


@attrs.frozen
class Model:
    """A learned combination of signals: one weight a signal.

    >>> Model(0.0, {"cosine": 2.0}).signals["cosine"]
    2.0
    """

    bias: float
    signals: Mapping[str, float]

    def predict(self, pairs: Pairs) -> Vector:
        """Return the probability of a link for each pair, in millionths: near-equal sums are equal.

        >>> import numpy as np
        >>> from consistency.aligner.signals import Pairs
        >>> one = np.array([0])
        >>> Model(0.0, {"cosine": 2.0}).predict(Pairs(one, one, ("cosine",), np.array([[0.5]])))
        array([0.731059])
        """
        import numpy as np

        odds = self.bias + pairs.signals @ np.array([self.signals[name] for name in pairs.names])
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30)))).round(6)

    def explain(self, pairs: Pairs, row: int) -> dict[str, float]:
        """Return what the bias and each signal add to the log-odds of one pair, the strongest first.

        >>> import numpy as np
        >>> from consistency.aligner.signals import Pairs
        >>> one = np.array([0])
        >>> Model(0.1, {"cosine": 2.0}).explain(Pairs(one, one, ("cosine",), np.array([[0.5]])), 0)
        {'cosine': 1.0, 'bias': 0.1}
        """
        parts = {name: self.signals[name] * float(x) for name, x in zip(pairs.names, pairs.signals[row], strict=True)}
        return dict(sorted({"bias": self.bias, **parts}.items(), key=lambda part: -abs(part[1])))


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
    words, likely, similar, joining = (Model(**learned.pop(name)) for name in ("words", "likely", "similar", "joining"))
    return Weights(words, likely, similar, joining, **learned)
