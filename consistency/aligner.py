"""Aligning: sentences of both articles become beads, in any order, 1-1, 1-n or n-1.

Signals of every pair of sentences that share a word or related words are weighed by a logistic model (weights:
``data/aligner.json``, made by ``benchmarks/train_aligner.py``). Decoding is best first over all pairs; a bead grows (to
1-n or n-1: Gale & Church 1993) only by a sentence that says more of the other side than its fellows say already.
"""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from consistency import lexicon
from consistency.model import Bead, Role, Sentence
from consistency.text import fold, fold_typography, tokenize

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Indices = npt.NDArray[np.intp]

SIGNALS = (
    "exclusive",  # share of a sentence's words that no other sentence of the other side has; the smaller of both sides
    "covered",  # share of a sentence's words that the other has, or has a related word for; the larger of both sides
    "cosine",  # of weighted stems
    "margin",  # coverage of both sides together, over that of the best rival in row and column
    "rarest",  # weight of the rarest shared stem
    "numbers",  # weight of the shared numbers
    "quoted",  # Jaccard index of the words inside quote marks
    "length",  # log of the words of the shorter one
    "diagonal",  # the better cosine of the pairs (previous, previous) and (next, next)
    "beside",  # the best cosine of one of the two with a neighbour of the other
    "repeats",  # how much of each was said before in its own article
)
_COMMON_WEIGHT = 0.03
_RELATED = 0.6  # a related word counts for this much of the same word
_STEP = 10  # scores are compared in tenths: near-equals go to the earlier sentences
_JOINS = 400  # a stem in more pairs of sentences does not bring two together; where others do it counts


@attrs.frozen
class Weights:
    """The learned combination: one weight a signal, and the thresholds of decoding.

    ``found`` is the least score of a new link, ``join`` of a sentence that joins a bead; that one says at least
    the share ``gain_other`` of the other side, by at least the share ``gain_own`` of itself, that nobody said before.
    """

    bias: float
    signals: Mapping[str, float]
    found: float
    join: float
    gain_other: float
    gain_own: float


@functools.cache
def load_weights() -> Weights:
    """Return the shipped weights.

    >>> load_weights().signals.keys() == set(SIGNALS)
    True
    """
    return Weights(
        **json.loads((importlib.resources.files("consistency") / "data" / "aligner.json").read_text("utf-8"))
    )


@attrs.frozen
class Pairs:
    """All pairs of sentences that share a word: ``left`` and ``right`` indices, and one row of signals a pair."""

    left: Indices
    right: Indices
    signals: Vector


_ROUNDS = (
    (Role.BODY, Role.BODY),
    (Role.HEADLINE, Role.HEADLINE),
    (Role.HEADLINE, Role.BODY),
    (Role.BODY, Role.HEADLINE),
)


def align(left: Sequence[Sentence], right: Sequence[Sentence], weights: Weights | None = None) -> tuple[Bead, ...]:
    """Return the beads of two articles; every sentence is in exactly one, a sentence without counterpart alone.

    Beads with a left side come first, in the order of the left article. Body sentences meet body sentences and
    headlines headlines; a headline meets a body sentence only where both have no counterpart; captions, credits and
    links meet only their equal.

    >>> rain, sun = Sentence(0, 0, 10, "Rain fell."), Sentence(1, 11, 21, "Sun shone.")
    >>> [(len(bead.left), len(bead.right)) for bead in align([rain], [sun, rain])]
    [(1, 1), (0, 1)]
    """
    weights = weights or load_weights()
    beads = _match_equals(left, right)
    for roles in _ROUNDS:
        ours, theirs = ([s for s in side if s.role is role] for side, role in zip((left, right), roles, strict=True))
        if roles[0] is not roles[1]:  # the rest of the rounds before
            ours, theirs = _rest(ours, (b.left for b in beads)), _rest(theirs, (b.right for b in beads))
        beads += _link(ours, theirs, beads, weights)
    beads += [Bead((sentence,), (), 0.0) for sentence in _rest(left, (b.left for b in beads))]
    beads.sort(key=lambda bead: bead.left[0].index)
    return (*beads, *(Bead((), (sentence,), 0.0) for sentence in _rest(right, (b.right for b in beads))))


def measure(left: Sequence[Sentence], right: Sequence[Sentence]) -> Pairs:
    """Return the signals of all pairs that have a word, or related words, in common.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> measure([rain], [rain]).signals.shape == (1, len(SIGNALS))
    True
    """
    return _measure(_Texts.read(left, right))


def predict(pairs: Pairs, weights: Weights | None = None) -> Vector:
    """Return the probability of a link for each pair.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> predict(measure([rain], [rain])).shape
    (1,)
    """
    import numpy as np

    weights = weights or load_weights()
    odds = weights.bias + pairs.signals @ np.array([weights.signals[name] for name in SIGNALS])
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def explain(pairs: Pairs, row: int, weights: Weights | None = None) -> dict[str, float]:
    """Return what the bias and each signal add to the log-odds of one pair, the strongest first.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> sorted(explain(measure([rain], [rain]), 0)) == sorted(("bias", *SIGNALS))
    True
    """
    weights = weights or load_weights()
    parts = {name: weights.signals[name] * float(x) for name, x in zip(SIGNALS, pairs.signals[row], strict=True)}
    return dict(sorted({"bias": weights.bias, **parts}.items(), key=lambda part: -abs(part[1])))


def _match_equals(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[Bead]:
    """Link sentences with the same words, the first of several with the first; of one role before of two."""
    beads: list[Bead] = []
    for same_role in (True, False):
        waiting: dict[tuple[str, Role | None], list[Sentence]] = defaultdict(list)
        for sentence in reversed(_rest(right, (bead.right for bead in beads))):
            waiting[fold(sentence.text), sentence.role if same_role else None].append(sentence)
        beads += [
            Bead((sentence,), (found.pop(),))
            for sentence in _rest(left, (bead.left for bead in beads))
            if (found := waiting.get((fold(sentence.text), sentence.role if same_role else None)))
        ]
    return beads


def _rest(sentences: Sequence[Sentence], linked: Iterable[tuple[Sentence, ...]]) -> list[Sentence]:
    taken = {sentence.index for side in linked for sentence in side}
    return [sentence for sentence in sentences if sentence.index not in taken]


def _link(left: Sequence[Sentence], right: Sequence[Sentence], closed: Sequence[Bead], weights: Weights) -> list[Bead]:
    """Return new beads of two lists of sentences; those of the closed beads are only context."""
    if not (left and right):
        return []
    texts = _Texts.read(left, right)
    pairs = _measure(texts)
    scores, alone = predict(pairs, weights), predict(_without_rivals(pairs), weights)
    lefts = {s.index for bead in closed for s in bead.left}
    rights = {s.index for bead in closed for s in bead.right}
    rows = zip(scores.round(6).tolist(), alone.tolist(), pairs.left.tolist(), pairs.right.tolist(), strict=True)
    links = [
        (score, can_join >= weights.join, i, j)
        for score, can_join, i, j in rows
        if max(score, can_join) >= min(weights.found, weights.join)
        and left[i].index not in lefts
        and right[j].index not in rights
    ]
    return [
        Bead(tuple(left[i] for i in sorted(ours)), tuple(right[j] for j in sorted(theirs)), round(score, 4))
        for ours, theirs, score in _decode(links, texts, weights)
    ]


def _without_rivals(pairs: Pairs) -> Pairs:
    """Return the pairs as if no sentence competed: who joins a bead stands beside its fellows, not against them."""
    signals = pairs.signals.copy()
    margin = SIGNALS.index("margin")
    signals[:, margin] = signals[:, margin].clip(min=0)
    return attrs.evolve(pairs, signals=signals)


def _decode(
    links: list[tuple[float, bool, int, int]], texts: _Texts, weights: Weights
) -> list[tuple[list[int], list[int], float]]:
    """Return beads (left indices, right indices, score of the first link), best links first.

    A link founds a bead where both sentences are free. Where one is free it joins the other's bead, if that stays 1-n
    or n-1 and the newcomer says something of the common sentence that its fellows do not say.
    """
    beads: list[tuple[list[int], list[int], float]] = []
    of_left: dict[int, int] = {}
    of_right: dict[int, int] = {}
    links.sort(key=lambda link: (-round(link[0] * _STEP), link[2] + link[3], -link[0], link[2]))
    for score, can_join, i, j in links:
        if i not in of_left and j not in of_right:
            if score >= weights.found:
                of_left[i] = of_right[j] = len(beads)
                beads.append(([i], [j], score))
        elif can_join and i not in of_left:
            ours, theirs, _ = beads[of_right[j]]
            if len(theirs) == 1 and texts.gains(texts.left[i], [texts.left[k] for k in ours], texts.right[j], weights):
                ours.append(i)
                of_left[i] = of_right[j]
        elif can_join and j not in of_right:
            ours, theirs, _ = beads[of_left[i]]
            if len(ours) == 1 and texts.gains(texts.right[j], [texts.right[k] for k in theirs], texts.left[i], weights):
                theirs.append(j)
                of_right[j] = of_left[i]
    return beads


@attrs.frozen(eq=False)
class _Texts:
    """The stems of both lists of sentences, counted; a stem weighs what it is rare in news and in the two articles."""

    left: tuple[Counter[str], ...]
    right: tuple[Counter[str], ...]
    quoted: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]
    weights: Mapping[str, float]

    @classmethod
    def read(cls, left: Sequence[Sentence], right: Sequence[Sentence]) -> _Texts:
        sides = [tuple(Counter(t.stem for t in tokenize(s.text, s.start)) for s in side) for side in (left, right)]
        quoted = [tuple(_read_quoted(s) for s in side) for side in (left, right)]
        total = len(left) + len(right) + 1
        frequency = Counter(itertools.chain.from_iterable(itertools.chain(*sides)))
        weights = {}
        for word, count in frequency.items():
            rarity = lexicon.rarity(word)
            local = max(0.05, math.log(total / (count + 0.5)) / math.log(total))
            weights[word] = (rarity if rarity >= lexicon.CONTENT else _COMMON_WEIGHT) * local
        return cls(sides[0], sides[1], (quoted[0], quoted[1]), weights)

    @property
    def sides(self) -> tuple[tuple[Counter[str], ...], tuple[Counter[str], ...]]:
        """Left and right."""
        return self.left, self.right

    def weigh(self, words: Iterable[str]) -> float:
        """Return the weight of all the words together."""
        return sum(self.weights[word] for word in words)

    def gains(self, new: Counter[str], fellows: Sequence[Counter[str]], other: Counter[str], weights: Weights) -> bool:
        """Say whether a sentence says enough of the other side that its fellows leave unsaid."""
        gain = self.weigh(word for word in new.keys() & other.keys() if not any(word in fellow for fellow in fellows))
        return gain >= weights.gain_other * self.weigh(other) and gain >= weights.gain_own * self.weigh(new)


def _read_quoted(sentence: Sentence) -> frozenset[str]:
    """Return the stems inside quote marks, of those that the sentence has as it is written."""
    parts = fold_typography(sentence.text).split('"')[1::2]
    stems = {token.stem for token in tokenize(sentence.text, sentence.start)}
    return frozenset(token.stem for part in parts for token in tokenize(part)) & stems


def _measure(texts: _Texts) -> Pairs:
    import numpy as np

    n, m = len(texts.left), len(texts.right)
    vocabulary = list(texts.weights)
    number = {word: k for k, word in enumerate(vocabulary)}
    w = np.array(list(texts.weights.values()))
    ours, theirs = _index(texts.left), _index(texts.right)
    i, j, word = _columns(((i, j, number[x]) for i, j, x in _join(ours, theirs)), 3)
    related = _relate(ours, theirs)
    i1, j1, word1, rate1 = _columns(_join_related(related, ours, theirs, texts.right, number), 4)
    mirrored = [(other, x, rate) for x, other, rate in related]
    j2, i2, word2, rate2 = _columns(_join_related(mirrored, theirs, ours, texts.left, number), 4)

    keys = [i * m + j, i1 * m + j1, i2 * m + j2]
    found, places = np.unique(np.concatenate(keys).astype(np.intp), return_inverse=True)
    at, at1, at2 = np.split(places, np.cumsum([len(key) for key in keys])[:-1])
    left, right = found // max(m, 1), found % max(m, 1)
    for common in (x for x in ours if len(ours[x]) * len(theirs.get(x, ())) > _JOINS):
        has_left, has_right = np.zeros(n, bool), np.zeros(m, bool)
        has_left[ours[common]] = has_right[theirs[common]] = True
        rows = np.flatnonzero(has_left[left] & has_right[right])
        at, word = np.append(at, rows), np.append(word, np.full(len(rows), number[common]))

    def total(places: Indices, values: Vector) -> Vector:
        return np.bincount(places, values, len(found)).astype(float)  # of nothing it is int

    mass_left, mass_right = (np.array([texts.weigh(words) for words in side]) + 1e-9 for side in texts.sides)
    norms = [
        [math.sqrt(sum((texts.weights[x] * math.log1p(k)) ** 2 for x, k in t.items())) for t in s] for s in texts.sides
    ]
    norm_left, norm_right = (np.array(norm) + 1e-9 for norm in norms)
    words = [vocabulary[k] for k in word.tolist()]
    times_left = np.array([texts.left[k][x] for k, x in zip(left[at].tolist(), words, strict=True)], float)
    times_right = np.array([texts.right[k][x] for k, x in zip(right[at].tolist(), words, strict=True)], float)
    in_left, in_right = (np.array([len(index.get(x, ())) for x in vocabulary]) for index in (ours, theirs))
    weight = w[word]
    shared = total(at, weight)
    covered_left = shared + total(at1, w[word1] * rate1)
    covered_right = shared + total(at2, w[word2] * rate2)
    only_left = total(at, weight / in_right[word]) / mass_left[left]
    only_right = total(at, weight / in_left[word]) / mass_right[right]
    rarest = np.zeros(len(found))
    np.maximum.at(rarest, at, weight)
    cosine = total(at, weight**2 * np.log1p(times_left) * np.log1p(times_right)) / (norm_left[left] * norm_right[right])
    both = (covered_left + covered_right) / (mass_left[left] + mass_right[right])
    sizes_left, sizes_right = (np.array([sum(words.values()) for words in side]) for side in texts.sides)
    repeats_left, repeats_right = (
        _measure_repeats(len(side), _join(index, index), texts.weights, mass)
        for side, index, mass in ((texts.left, ours, mass_left), (texts.right, theirs, mass_right))
    )
    is_number = np.array([x[0].isdigit() for x in vocabulary], float)

    def beside(step_left: int, step_right: int) -> Vector:
        """The cosine of each pair's neighbours, 0 outside of the articles."""
        one, other = left + step_left, right + step_right
        place = np.minimum(np.searchsorted(found, one * m + other), len(found) - 1)
        inside = (one >= 0) & (one < n) & (other >= 0) & (other < m) & (found[place] == one * m + other)
        return np.where(inside, cosine[place], 0.0)

    columns = {
        "exclusive": np.minimum(only_left, only_right),
        "covered": np.maximum(covered_left / mass_left[left], covered_right / mass_right[right]),
        "cosine": cosine,
        "margin": np.minimum(both - _find_rival(left, both), both - _find_rival(right, both)),
        "rarest": rarest,
        "numbers": total(at, weight * is_number[word]),
        "quoted": np.array([_jaccard(texts, x, y) for x, y in zip(left.tolist(), right.tolist(), strict=True)]),
        "length": np.log(np.minimum(sizes_left[left], sizes_right[right]) + 1.0),
        "diagonal": np.maximum(beside(-1, -1), beside(1, 1)),
        "beside": np.max([beside(-1, 0), beside(1, 0), beside(0, -1), beside(0, 1)], axis=0),
        "repeats": repeats_left[left] + repeats_right[right],
    }
    return Pairs(left, right, np.stack([columns[name] for name in SIGNALS], axis=1))


Index = Mapping[str, Sequence[int]]  # the sentences that have a stem


def _index(sentences: Sequence[Counter[str]]) -> Index:
    index: dict[str, list[int]] = defaultdict(list)
    for k, words in enumerate(sentences):
        for word in words:
            index[word].append(k)
    return index


def _columns(rows: Iterable[tuple[float, ...]], width: int) -> list[Any]:
    """Return rows as columns, all but a fourth one as integers."""
    import numpy as np

    table = np.array(list(rows), dtype=float).reshape(-1, width).T
    return [*table[:3].astype(np.intp), *table[3:]]


def _join(ours: Index, theirs: Index) -> Iterator[tuple[int, int, str]]:
    """Yield (left sentence, right sentence, stem) for each stem that both have, without the too common ones."""
    for word, places in ours.items():
        others = theirs.get(word, ())
        if len(places) * len(others) <= _JOINS:
            for i in places:
                for j in others:
                    yield i, j, word


def _relate(ours: Index, theirs: Index) -> list[tuple[str, str, float]]:
    """Return (left stem, right stem, relatedness) for the related stems of two articles."""
    return [(word, other, rate) for word in ours for other, rate in lexicon.relatives(word).items() if other in theirs]


def _join_related(
    related: Iterable[tuple[str, str, float]],
    ours: Index,
    theirs: Index,
    sentences: Sequence[Counter[str]],
    number: Mapping[str, int],
) -> Iterator[tuple[int, int, int, float]]:
    """Yield (left sentence, right sentence, left stem, rate) where the right has a related stem and not the same."""
    rates: dict[str, dict[int, float]] = defaultdict(dict)
    for word, other, rate in related:
        best = rates[word]
        for j in theirs[other]:
            if word not in sentences[j]:
                best[j] = max(_RELATED * rate, best.get(j, 0.0))
    for word, best in rates.items():
        if len(ours[word]) * len(best) <= _JOINS:
            for i in ours[word]:
                for j, rate in best.items():
                    yield i, j, number[word], rate


def _find_rival(groups: Indices, values: Vector) -> Vector:
    """Return for each value the best other one of its group, 0 where there is none."""
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


def _measure_repeats(
    size: int, joins: Iterable[tuple[int, int, str]], weights: Mapping[str, float], mass: Vector
) -> Vector:
    """Return for each sentence the largest share of it that an earlier sentence of the same article has."""
    import numpy as np

    shared: dict[tuple[int, int], float] = defaultdict(float)
    for i, j, word in joins:
        if j < i:
            shared[i, j] += weights[word]
    repeats = np.zeros(size)
    for (i, _), weight in shared.items():
        repeats[i] = max(repeats[i], weight / mass[i])
    return repeats


def _jaccard(texts: _Texts, i: int, j: int) -> float:
    one, other = texts.quoted[0][i], texts.quoted[1][j]
    if not (one and other):
        return 0.0
    return texts.weigh(one & other) / (texts.weigh(one | other) + 1e-9)
