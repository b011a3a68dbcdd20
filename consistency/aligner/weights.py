"""Weights: the learned combinations of signals, and the thresholds of decoding."""

from __future__ import annotations

import functools
import json

import attrs

from consistency.learned import Model
from consistency.text import find_data


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
    words, likely, similar, joining = (
        Model.build(**learned.pop(name)) for name in ("words", "likely", "similar", "joining")
    )
    return Weights(words, likely, similar, joining, **learned)
