"""Events: the signs by which articles about one event find each other, as pure functions over an article or a pair.

An article is known by its terms: rare stems, names and days of the calendar, weighed by how rare they are in the corpus
and in news at large (TF-IDF, with the square of the IDF). Articles that share some of their heaviest terms are
candidates. Near-copies also meet by MinHash (Broder 1997), which no frequency can cut. ``grouping.py`` says which
candidates tell one event; ``run.py`` puts these functions into one journey over a corpus.
"""

from __future__ import annotations

import functools
import math
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from consistency.errors import SettingsError
from consistency.model import Article
from consistency.overlap import Signs
from consistency.overlap.signs import MOST_SIGNS, NUMBER, fold_words, hash_sign

GROUPS = ("event", "thread")
_NEWS = 1000  # articles of the corpus that the lexicon is worth
_SHINGLE = 4  # words
_BANDS, _ROWS = 8, 4  # near-copies that share 80 % of their shingles meet with probability 0.985
_PRIME = (1 << 31) - 1


@attrs.frozen
class Blocking:
    """How articles about one event, or one story, are found.

    Attributes:
        window: days that may lie between two articles of an event; an article without a date meets all.
        by: what articles are grouped by: ``event``, or ``thread``, events that are one story over weeks.
        weeks: days that may lie between an event of a thread and the next one.
        sure: from how sure it is that two articles tell one event they are linked, in (0, 1).
        together: how sure all candidates between two groups are on average for the groups to be joined.
        likely: how sure it is at least where two articles are about the nearest to each other, which links them too.
        nearest: what "about" means: the share of the best cosine that each of the two has.
        similarity: cosine below which two articles are not near.
        keys: by how many of its heaviest terms an article is found.
        shared: how many of these two articles must share to be compared at all.
        most: how many articles may share a term; one that more share counts within a window only, and is cut where
            still more share it.

    Raises:
        SettingsError: a value that it cannot have.

    >>> Blocking(window=3).most
    50
    """

    window: int = 7
    by: str = "event"
    weeks: int = 60
    sure: float = 0.5
    together: float = 0.3
    likely: float = 0.15
    nearest: float = 0.95
    similarity: float = 0.13
    keys: int = 24
    shared: int = 2
    most: int = 50

    def __attrs_post_init__(self) -> None:
        if self.by not in GROUPS:
            raise SettingsError(f"articles are grouped by {' or '.join(GROUPS)}, not by {self.by!r}")
        for name, low, high in (
            ("window", 0, 100_000),
            ("weeks", 0, 100_000),
            ("sure", 0.001, 1),
            ("together", 0, 1),
            ("likely", 0, 1),
            ("nearest", 0, 1),
            ("similarity", 0, 1),
            ("keys", 1, MOST_SIGNS),
            ("shared", 1, self.keys),
            ("most", 2, 10_000),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"{name} must be from {low} to {high}, not {value}")

    @property
    def reach(self) -> int:
        """Days that may lie between two articles that are looked at together."""
        return self.window if self.by == "event" else max(self.window, self.weeks)


def find_bands(article: Article) -> tuple[int, ...]:
    """Return a hash for each band of the MinHash of all runs of four words, none for a text of less.

    >>> len(find_bands(Article("The dam at Orlo broke on Friday."))), find_bands(Article("It broke."))
    (8, ())
    """
    import numpy as np

    words = fold_words(article.text[article.header.end :])
    runs = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    if not runs:
        return ()
    hashes = np.fromiter((zlib.crc32(run.encode("utf-8", "replace")) for run in runs), np.uint64, len(runs))
    factors, terms = _permutations()
    least = ((hashes[:, None] % _PRIME * factors + terms) % _PRIME).min(axis=0)
    return tuple(hash_sign(f"{band} {row.tolist()}") for band, row in enumerate(least.reshape(_BANDS, _ROWS)))


@functools.cache
def _permutations() -> tuple[Any, Any]:
    import numpy as np

    drawn = np.random.RandomState(7).randint(1, _PRIME, (2, _BANDS * _ROWS)).astype(np.uint64)  # a fixed stream
    return drawn[0], drawn[1]


def weigh(signs: Signs, frequencies: Mapping[int, int], total: int) -> dict[int, float]:
    """Return the terms of an article as a vector of length 1, heaviest first.

    Args:
        signs: the signs of the article.
        frequencies: in how many articles of the corpus each term is; 1 for one that is left out.
        total: how many articles the corpus has. Where these are few, the lexicon has the say (Dirichlet prior).

    >>> vector = weigh(Signs((1, 2), (1.0, 1.0), (0.001, 0.001), (0, 0)), {1: 500}, 1000)
    >>> {term: round(weight, 2) for term, weight in vector.items()}
    {2: 1.0, 1: 0.04}
    """
    vector = {}
    for term, weight, prior, mark in zip(signs.terms, signs.weights, signs.priors, signs.marks, strict=True):
        if mark & NUMBER:
            continue
        rarity = -math.log((frequencies.get(term, 1) + _NEWS * prior) / (total + _NEWS))
        vector[term] = weight * max(rarity, 0.0) ** 2
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {term: vector[term] / length for term in sorted(vector, key=lambda term: (-vector[term], term))}


def find_keys(
    vector: Mapping[int, float], frequencies: Mapping[int, int], day: int | None, blocking: Blocking
) -> Iterator[tuple[int, int]]:
    """Yield the keys of an article's blocks, each with its term: its heaviest terms that other articles have too.

    A term that too many articles share is a key together with a time: two windows hold each day, so that articles no
    more than a window apart share one. Without a day its block is too large, and cut.

    >>> list(find_keys({1: 0.8, 2: 0.6}, {2: 9}, None, Blocking()))
    [(2, 2)]
    """
    shared = [term for term in vector if frequencies.get(term, 1) > 1]
    for term in shared[: blocking.keys]:
        if frequencies[term] <= blocking.most or day is None:
            yield term, term
        else:
            box = day // (blocking.window + 1)
            yield hash_sign(f"{term} {box}"), term
            yield hash_sign(f"{term} {box + 1}"), term


def measure_similarity(left: Mapping[int, float], right: Mapping[int, float]) -> float:
    """Return the cosine of two vectors of length 1, in [0, 1].

    >>> measure_similarity({1: 0.6, 2: 0.8}, {2: 1.0})
    0.8
    """
    if len(left) > len(right):
        left, right = right, left
    return sum(value * right[term] for term, value in left.items() if term in right)


def can_meet(left: int | None, right: int | None, window: int) -> bool:
    """Say whether two days are no more than a window apart; an unknown day meets every day.

    >>> can_meet(10, 17, 7), can_meet(10, 18, 7), can_meet(None, 18, 7)
    (True, False, True)
    """
    return left is None or right is None or abs(left - right) <= window
