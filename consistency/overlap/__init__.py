"""Overlap: how sure it is that two articles tell one event or stages of one story, before they are compared.

A logistic model over the signals of two articles' signs (weights: ``data/event.json``, made by
``benchmarks/train_events.py``). Shared rare names, numbers and days of headline and lead speak for one event; the same
frame about other names, or with other numbers, speaks against it: two matches, the weather of two towns.
"""

from __future__ import annotations

import functools
import json

from consistency.language import ENGLISH, Language
from consistency.model import Article
from consistency.odds import Odds
from consistency.overlap.signals import measure
from consistency.overlap.signs import Signs, find_signs
from consistency.text import find_data

__all__ = ["UNSURE", "Signs", "find_signs", "load_odds", "measure", "measure_overlap", "tell_overlap"]

UNSURE = 0.5
"""Below it two articles more probably tell two events."""


@functools.cache
def load_odds() -> Odds:
    """Return the shipped weights.

    >>> load_odds().weights["names in"] > 0
    True
    """
    return Odds(**json.loads(find_data("event.json").read_text("utf-8")))


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


_find_signs = functools.lru_cache(maxsize=128)(find_signs)  # an article is compared with each other of its event
