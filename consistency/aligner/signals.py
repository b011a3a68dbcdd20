"""Signals: what the words of two sentences have in common, in figures; the aligner weighs them.

They are measured for every pair of sentences that share a word or related words.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from consistency import lexicon
from consistency.aligner.bags import Bag, find_rows
from consistency.aligner.texts import Texts
from consistency.language import Language

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from consistency.aligner.texts import Indices, Vector, Wording

WORDS = (
    "exclusive",  # share of a sentence's words that no other sentence of the other side has; the smaller of both sides
    "covered",  # share of a sentence's words that the other has, or has a related word for; the larger of both sides
    "cosine",  # of weighted stems
    "shared",  # weight of the shared stems
    "rarest",  # weight of the rarest shared stem that is no name
    "numbers",  # weight of the shared numbers
    "quoted",  # Jaccard index of the words inside quote marks
    "margin",  # coverage of both sides together, over that of the best rival in row and column
    "edge",  # the same over the weaker of these two rivals
    "beside",  # the best cosine of one of the two with a neighbour of the other
    "repeats",  # how much of each was said before in its own article
    "leads",  # 1 where both are the first of their article
    "size",  # log of how many pairs of sentences there are
)
_RELATED = 0.6  # a related word counts for this much of the same word
_JOINS = 400  # a stem in more pairs of sentences does not bring two together; where others do it counts


@attrs.frozen(eq=False)
class Pairs:
    """Pairs of sentences: ``left`` and ``right`` indices, and one row of signals a pair, a column for each name."""

    left: Indices
    right: Indices
    names: tuple[str, ...]
    signals: Vector

    @property
    def links(self) -> list[tuple[int, int]]:
        """The pairs of indices."""
        return list(zip(self.left.tolist(), self.right.tolist(), strict=True))

    def choose(self, which: Sequence[bool] | npt.NDArray[np.bool_]) -> Pairs:
        """Return some of the pairs: one truth value for each.

        >>> from consistency.aligner.texts import Texts
        >>> from consistency.model import Sentence
        >>> rain = Sentence(0, 0, 10, "Rain fell.")
        >>> measure(Texts.read([rain], [rain])).choose([False]).links
        []
        """
        import numpy as np

        rows = np.flatnonzero(which)
        return Pairs(self.left[rows], self.right[rows], self.names, self.signals[rows])


def measure(texts: Texts) -> Pairs:
    """Return the signals of ``WORDS`` for all pairs that have a word, or related words, in common.

    >>> from consistency.model import Sentence
    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> measure(Texts.read([rain], [rain])).signals.shape == (1, len(WORDS))
    True
    """
    import numpy as np

    n, m = len(texts.left), len(texts.right)
    vocabulary = list(texts.weights)
    numbers = {word: k for k, word in enumerate(vocabulary)}
    w = np.array(list(texts.weights.values()))
    ours, theirs = (_index(side, numbers) for side in texts.sides)
    in_left, in_right = ours.bag.sizes, theirs.bag.sizes
    joins = in_left * in_right
    both_have = np.flatnonzero((joins > 0) & (joins <= _JOINS))
    row, other_row, place = ours.bag.cross(theirs.bag, both_have, both_have)
    word = both_have[place]
    i, j = ours.bag.things[row], theirs.bag.things[other_row]
    related = _relate(in_left, in_right, vocabulary, numbers, texts.language)
    i1, j1, word1, rate1 = _join_related(*related, ours.bag, theirs.bag)
    j2, i2, word2, rate2 = _join_related(related[1], related[0], related[2], theirs.bag, ours.bag)

    keys = [i * m + j, i1 * m + j1, i2 * m + j2]
    found, places = np.unique(np.concatenate(keys), return_inverse=True)
    at, at1, at2 = np.split(places, np.cumsum([len(key) for key in keys])[:-1])
    left, right = found // max(m, 1), found % max(m, 1)
    times_left, times_right = ours.times[row], theirs.times[other_row]
    often_left, often_right = ours.turn(joins > _JOINS, n), theirs.turn(joins > _JOINS, m)
    again, here, there = often_left.bag.meet(often_right.bag, left, right)
    at, word = np.append(at, again), np.append(word, often_left.bag.things[here])
    times_left = np.append(times_left, often_left.times[here])
    times_right = np.append(times_right, often_right.times[there])

    def total(places: Indices, values: Vector) -> Vector:
        return np.bincount(places, values, len(found)).astype(float)  # of nothing it is int

    mass_left, norm_left = ours.weigh(w, n)
    mass_right, norm_right = theirs.weigh(w, m)
    weight = w[word]
    shared = total(at, weight)
    covered_left = shared + total(at1, w[word1] * rate1)
    covered_right = shared + total(at2, w[word2] * rate2)
    only_left = total(at, weight / in_right[word]) / mass_left[left]
    only_right = total(at, weight / in_left[word]) / mass_right[right]
    is_plain = np.array([x not in texts.names for x in vocabulary], float)
    rarest = np.zeros(len(found))
    np.maximum.at(rarest, at, weight * is_plain[word])
    cosine = total(at, weight**2 * np.log1p(times_left) * np.log1p(times_right)) / (norm_left[left] * norm_right[right])
    both = (covered_left + covered_right) / (mass_left[left] + mass_right[right])
    over_row, over_column = both - find_rival(left, both), both - find_rival(right, both)
    repeats_left, repeats_right = ours.repeat(w, mass_left), theirs.repeat(w, mass_right)
    is_number = np.array([x[0].isdigit() for x in vocabulary], float)

    def beside(step_left: int, step_right: int) -> Vector:
        """The cosine of each pair's neighbours, 0 outside of the articles."""
        one, other = left + step_left, right + step_right
        place = find_rows(found, one * m + other)
        inside = (one >= 0) & (one < n) & (other >= 0) & (other < m) & (place >= 0)
        return np.where(inside, cosine[place], 0.0)

    columns = {
        "exclusive": np.minimum(only_left, only_right),
        "covered": np.maximum(covered_left / mass_left[left], covered_right / mass_right[right]),
        "cosine": cosine,
        "shared": shared,
        "rarest": rarest,
        "numbers": total(at, weight * is_number[word]),
        "quoted": _compare_quoted(texts, left, right),
        "margin": np.minimum(over_row, over_column),
        "edge": np.maximum(over_row, over_column),
        "beside": np.max([beside(-1, 0), beside(1, 0), beside(0, -1), beside(0, 1)], axis=0),
        "repeats": repeats_left[left] + repeats_right[right],
        "leads": np.where((left == 0) & (right == 0), 1.0, 0.0),
        "size": np.full(len(found), math.log(max(n * m, 1))),
    }
    return Pairs(left, right, WORDS, np.stack([columns[name] for name in WORDS], axis=1))


@attrs.frozen(eq=False)
class _Index:
    """Where the stems of one side stand: the bag has the sentences of each stem; ``times``, how often it is in each."""

    bag: Bag
    times: Vector

    @property
    def stems(self) -> Indices:
        import numpy as np

        return np.repeat(np.arange(len(self.bag.sizes)), self.bag.sizes)

    def weigh(self, w: Vector, size: int) -> tuple[Vector, Vector]:
        """Return for each sentence the weight of its stems, and the length of their vector."""
        import numpy as np

        weights = w[self.stems]
        mass, squares = (
            np.bincount(self.bag.things, of, size).astype(float)
            for of in (weights, (weights * np.log1p(self.times)) ** 2)
        )
        return mass + 1e-9, np.sqrt(squares) + 1e-9

    def turn(self, which: npt.NDArray[np.bool_], size: int) -> _Index:
        """Return the same the other way round, of some stems: the bag has the stems of each sentence."""
        import numpy as np

        rows = np.flatnonzero(which[self.stems])
        order = rows[np.argsort(self.bag.things[rows], kind="stable")]
        bounds = np.searchsorted(self.bag.things[order], np.arange(size + 1))
        return _Index(Bag(bounds, self.stems[order]), self.times[order])

    def repeat(self, w: Vector, mass: Vector) -> Vector:
        """Return for each sentence the largest share of it that an earlier sentence of the same article has."""
        import numpy as np

        stems = np.flatnonzero((self.bag.sizes > 1) & (self.bag.sizes**2 <= _JOINS))
        rows, others, places = self.bag.cross(self.bag, stems, stems)
        earlier = rows < others
        pairs = (self.bag.things[rows] * len(mass) + self.bag.things[others])[earlier]
        found, at = np.unique(pairs, return_inverse=True)
        repeats, later = np.zeros(len(mass)), found % max(len(mass), 1)
        np.maximum.at(repeats, later, np.bincount(at, w[stems[places[earlier]]], len(found)) / mass[later])
        return repeats


def _index(side: Sequence[Wording], numbers: Mapping[str, int]) -> _Index:
    import numpy as np

    sizes = [len(words.stems) for words in side]
    chain = itertools.chain.from_iterable
    stems = np.fromiter(map(numbers.__getitem__, chain(words.stems for words in side)), np.intp, sum(sizes))
    times = np.fromiter(chain(words.stems.values() for words in side), float, sum(sizes))
    order = np.argsort(stems, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(stems, minlength=len(numbers)))])
    return _Index(Bag(bounds, np.repeat(np.arange(len(side)), sizes)[order]), times[order])


Related = tuple["Indices", "Indices", "Vector"]


def _relate(
    in_left: Indices, in_right: Indices, vocabulary: Sequence[str], numbers: Mapping[str, int], language: Language
) -> Related:
    """Return left stems, right stems, and how related they are, for the related stems of two articles."""
    import numpy as np

    theirs = {vocabulary[k] for k in np.flatnonzero(in_right).tolist()}
    rows = [
        (k, numbers[other], related[other])
        for k in np.flatnonzero(in_left).tolist()
        if (related := lexicon.relatives(vocabulary[k], language))
        for other in sorted(related.keys() & theirs)
    ]
    table = np.fromiter(itertools.chain.from_iterable(rows), float).reshape(-1, 3).T
    return table[0].astype(np.intp), table[1].astype(np.intp), table[2]


def _join_related(
    stems: Indices, relatives: Indices, rates: Vector, ours: Bag, theirs: Bag
) -> tuple[Indices, Indices, Indices, Vector]:
    """Return (our sentence, their sentence, our stem, rate) where theirs has a related stem and not the same."""
    import numpy as np

    rows, places = theirs.expand(relatives)
    stem, sentence, rate = stems[places], theirs.things[rows], _RELATED * rates[places]
    width = 1 + int(theirs.things.max(initial=0))
    have = np.repeat(np.arange(len(theirs.sizes)), theirs.sizes) * width + theirs.things
    keys = stem * width + sentence
    lacks = np.flatnonzero(find_rows(have, keys) < 0)
    order = lacks[np.lexsort((rate[lacks], keys[lacks]))]
    best = order[np.flatnonzero(np.diff(keys[order], append=-1))]  # of the rates of a stem and a sentence
    often = np.bincount(stem[best], minlength=len(ours.sizes)) * ours.sizes
    best = best[often[stem[best]] <= _JOINS]
    rows, places = ours.expand(stem[best])
    best = best[places]
    return ours.things[rows], sentence[best], stem[best], rate[best]


def _compare_quoted(texts: Texts, left: Indices, right: Indices) -> Vector:
    """Return the Jaccard index of the words inside quote marks."""
    import numpy as np

    ours, theirs = ([words.quoted for words in side] for side in texts.sides)
    both = np.array([bool(x) for x in ours], bool)[left] & np.array([bool(x) for x in theirs], bool)[right]
    shares = np.zeros(len(left))
    for row in np.flatnonzero(both).tolist():
        one, other = ours[left[row]], theirs[right[row]]
        shares[row] = texts.weigh(one & other) / (texts.weigh(one | other) + 1e-9)
    return shares


def find_rival(groups: Indices, values: Vector) -> Vector:
    """Return for each value the best other one of its group, 0 where there is none.

    >>> import numpy as np
    >>> find_rival(np.array([0, 0, 1]), np.array([0.9, 0.4, 0.7]))
    array([0.4, 0.9, 0. ])
    """
    import numpy as np

    order = np.lexsort((values, groups))
    rival = np.zeros(len(values))
    if not len(values):
        return rival
    last = np.append(groups[order][1:] != groups[order][:-1], True)  # the best of each group
    best = np.zeros(groups.max() + 1)
    second = np.zeros(groups.max() + 1)
    best[groups[order][last]] = values[order][last]
    before = np.append(last[1:], False) & ~last  # the one before it in the same group
    second[groups[order][before]] = values[order][before]
    rival = best[groups]
    is_best = np.zeros(len(values), dtype=bool)
    is_best[order[last]] = True
    rival[is_best] = second[groups[is_best]]
    return rival
