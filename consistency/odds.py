"""A logistic model: what is learned where a signal more adds to the odds."""

from __future__ import annotations

import math
from collections.abc import Mapping

import attrs


@attrs.frozen
class Odds:
    """A weight for each signal; signals that it does not know count nothing.

    >>> Odds(0.0, {"closeness": 2.0}).tell({"closeness": 1.0, "other": 5.0})
    0.8808
    """

    bias: float
    weights: Mapping[str, float]

    def tell(self, signals: Mapping[str, float]) -> float:
        """Return the probability, in [0, 1], to four digits."""
        odds = self.bias + math.fsum(self.weights.get(name, 0.0) * value for name, value in signals.items())
        return round(1 / (1 + math.exp(-max(min(odds, 30.0), -30.0))), 4)
