"""Overlap: how sure it is that two articles tell one event or stages of one story, before they are compared.

A logistic model over the signals of two articles' signs (weights: ``data/event.json``, made by
``benchmarks/train_events.py``). Shared rare names, numbers and days of headline and lead speak for one event; the same
frame about other names, or with other numbers, speaks against it: two matches, the weather of two towns.

A second model (``data/twins.json``, made by ``benchmarks/twins.py``) tells such twins, routine reports in one frame,
where articles of a corpus come together; no comparison asks it.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping

from consistency.language import ENGLISH, Language
from consistency.model import Article
from consistency.odds import Odds
from consistency.overlap.signals import measure
from consistency.overlap.signs import Signs, find_signs
from consistency.text import find_data

__all__ = [
    "TWINS",
    "UNSURE",
    "Signs",
    "find_signs",
    "load_odds",
    "measure",
    "measure_overlap",
    "tell_overlap",
    "tell_story",
    "tell_twins",
]

UNSURE = 0.5
"""Below it two articles more probably tell two events."""
TWINS = 0.85
"""From it two articles are taken for twins."""
_SUREST = 1e-4  # bound of how sure a story is, either way


@functools.cache
def load_odds(name: str = "event.json") -> Odds:
    """Return shipped weights.

    >>> load_odds().weights["names in"] > 0 > load_odds("twins.json").weights["frame both"]
    True
    """
    return Odds(**json.loads(find_data(name).read_text("utf-8")))


@functools.lru_cache(maxsize=8)  # each linked pair of sentences of two articles asks for it
def measure_overlap(left: Article, right: Article, language: Language = ENGLISH) -> float:
    """Return the probability that two articles tell one event or stages of one story, in [0, 1].

    It is the same from either side, and wants no corpus: how rare a word is tells the lexicon of the language.

    >>> dam = Article("The dam of Orlo broke on Friday. Two farmers of Varda drowned.")
    >>> measure_overlap(dam, Article("Two farmers drowned in Varda when the Orlo dam broke on Friday.")) > 0.5
    True
    >>> measure_overlap(dam, Article("The bank of Kelm cut its rate by a quarter point on Friday.")) > 0.5
    False
    """
    return tell_overlap(_find_signs(left, language), _find_signs(right, language))


def tell_overlap(left: Signs, right: Signs) -> float:
    """Return the same from the signs of both articles, where these are known already."""
    return load_odds().tell(measure(left, right))


def tell_twins(signals: Mapping[str, float]) -> float:
    """Return the probability that two articles are twins rather than of one event, from what `measure` says of them.

    Twins are two routine reports in one frame, each with names or numbers of its own: a copy is none, nor is a part.

    >>> tarn, orlo = (find_signs(Article(f"Police of {town} seek a thief of bread.")) for town in ("Tarn", "Orlo"))
    >>> tell_twins(measure(tarn, orlo)) > 0.9, tell_twins(measure(tarn, tarn)) < 0.1
    (True, True)
    """
    return 1 - load_odds("twins.json").tell({**signals, "story": tell_story(signals)})


def tell_story(signals: Mapping[str, float]) -> float:
    """Return the log-odds that two articles tell one story, in bounds.

    >>> rain = find_signs(Article("Rain fell in Tarn on Monday."))
    >>> 0 < tell_story(measure(rain, rain)) < 10
    True
    """
    overlap = min(max(load_odds().tell(signals), _SUREST), 1 - _SUREST)
    return math.log(overlap / (1 - overlap))


_find_signs = functools.lru_cache(maxsize=128)(find_signs)  # an article is compared with each other of its event
