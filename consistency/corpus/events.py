"""Events: the signs by which articles about one event find each other, as pure functions over an article or a pair.

An article is known by its terms: rare stems, names and days of the calendar, weighed by how rare they are in the corpus
and in news at large (TF-IDF, with the square of the IDF). Articles that share some of their heaviest terms are
candidates; the cosine of all their terms decides. Near-copies also meet by MinHash (Broder 1997), which no frequency
can cut. ``run.py`` puts these functions into one journey over a corpus.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from consistency import lexicon
from consistency.errors import SettingsError
from consistency.facts.units import read_months
from consistency.language import ENGLISH
from consistency.model import Article
from consistency.text import fold_typography, stem, strip_accents

_TERMS = 128  # that describe an article: news has some 150 that are rare
_RANGE = 9.68  # rarity 1 as an IDF: the log of how many sentences the lexicon has seen
_NEWS = 1000  # articles of the corpus that the lexicon is worth
_DAY_PRIOR = 0.003  # of a day of the calendar in news
_NAME_PRIOR = math.exp(-_RANGE)
_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*|[.,;:!?()]")  # a mark ends a name
_SHINGLE = 4  # words
_BANDS, _ROWS = 8, 4  # near-copies that share 80 % of their shingles meet with probability 0.985
_PRIME = (1 << 31) - 1


@attrs.frozen
class Blocking:
    """How articles about one event are found.

    Attributes:
        window: days that may lie between two articles of an event; an article without a date meets all.
        similarity: cosine below which two articles never tell one event, in (0, 1].
        sure: cosine from which they always do; in between they must be about the nearest to each other.
        nearest: what "about" means: the share of the best cosine that each of the two has.
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
    similarity: float = 0.13
    sure: float = 0.28
    nearest: float = 0.85
    keys: int = 24
    shared: int = 2
    most: int = 50

    def __attrs_post_init__(self) -> None:
        for name, low, high in (
            ("window", 0, 100_000),
            ("similarity", 0.001, 1),
            ("sure", self.similarity, 1),
            ("nearest", 0, 1),
            ("keys", 1, _TERMS),
            ("shared", 1, self.keys),
            ("most", 2, 10_000),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise SettingsError(f"{name} must be from {low} to {high}, not {value}")


@attrs.frozen
class Signs:
    """By what an article is found: its terms, the weight and the prior of each, and the bands of its MinHash.

    >>> find_signs(Article("")).terms
    ()
    """

    terms: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    priors: tuple[float, ...] = ()
    bands: tuple[int, ...] = ()


def hash_sign(sign: str) -> int:
    """Return a hash of 63 bits that is the same in every process (BLAKE2).

    >>> hash_sign("dam") == hash_sign("dam"), hash_sign("dam").bit_length() <= 63
    (True, True)
    """
    return int.from_bytes(hashlib.blake2b(sign.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def find_signs(article: Article) -> Signs:
    """Return the signs of an article.

    ``weights`` are 1 + log of the count of a term, ``priors`` its probability in news at large. The heaviest by these
    two are kept, so that a long article costs no more than a short one.

    >>> signs = find_signs(Article("The Orlin dam broke. The dam at Orlin broke on March 14."))
    >>> [hash_sign(term) in signs.terms for term in ("dam", "the", "3-14")]
    [True, False, True]
    """
    text = article.text[article.header.end :]
    words = [_read_word(word) for word in _WORD.findall(f"{article.title}.\n{text}" if article.title else text)]
    counts = Counter(_find_terms(words))
    weighed = [(term, 1 + math.log(count), prior) for (term, prior), count in counts.items()]
    weighed.sort(key=lambda sign: (sign[1] * math.log(sign[2]), sign[0]))
    terms, weights, priors = zip(*weighed[:_TERMS], strict=True) if weighed else ((), (), ())
    return Signs(tuple(map(hash_sign, terms)), weights, priors, _find_bands([word.norm for word in words if word.stem]))


@attrs.frozen
class _Word:
    norm: str
    stem: str
    prior: float  # 0 for a word without content
    is_name: bool


@functools.lru_cache(1 << 16)  # bounded: corpora are large
def _read_word(word: str) -> _Word:
    if not word[0].isalnum():
        return _Word("", "", 0.0, False)
    norm = strip_accents(fold_typography(word)).casefold()
    root = stem(norm)
    rarity = lexicon.rarity(root)
    has_content = len(norm) > 1 and not norm[0].isdigit() and rarity >= lexicon.CONTENT
    return _Word(norm, root, math.exp(-_RANGE * rarity) if has_content else 0.0, has_content and word[0].isupper())


def _find_terms(words: Sequence[_Word]) -> Iterator[tuple[str, float]]:
    """Yield the terms of a text, each with its prior: stems of content, names of two words, days as ``3-14``."""
    yield from ((word.stem, word.prior) for word in words if word.prior)
    for left, right in itertools.pairwise(words):
        if left.is_name and right.is_name:
            yield f"{left.norm} {right.norm}", _NAME_PRIOR
        elif day := _read_day(left.norm, right.norm) or _read_day(right.norm, left.norm):
            yield day, _DAY_PRIOR


def _read_day(month: str, day: str) -> str | None:
    months = read_months(ENGLISH)
    if month in months and len(day) <= 2 and day.isdecimal() and 0 < int(day) <= 31:
        return f"{months[month]}-{int(day)}"
    return None


def _find_bands(words: Sequence[str]) -> tuple[int, ...]:
    """Return a hash for each band of the MinHash of all runs of four words, none for a text of less."""
    import numpy as np

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

    >>> vector = weigh(Signs((1, 2), (1.0, 1.0), (0.001, 0.001)), {1: 500}, 1000)
    >>> {term: round(weight, 2) for term, weight in vector.items()}
    {2: 1.0, 1: 0.04}
    """
    vector = {}
    for term, weight, prior in zip(signs.terms, signs.weights, signs.priors, strict=True):
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


def is_same_event(similarity: float, left_best: float, right_best: float, blocking: Blocking) -> bool:
    """Say whether two articles tell one event, from their similarity and the best similarity that each has.

    One fixed threshold is wrong for either terse or wordy articles; what is nearest to each other needs less.

    >>> is_same_event(0.2, 0.2, 0.21, Blocking()), is_same_event(0.2, 0.2, 0.9, Blocking())
    (True, False)
    """
    near = similarity >= blocking.nearest * max(left_best, right_best)
    return similarity >= blocking.sure or (similarity >= blocking.similarity and near)
