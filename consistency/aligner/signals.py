"""Signals: what two sentences have in common, in figures; the aligner weighs them.

Words and their rarity come first, for every pair of sentences that share a word or related words. Then, for the likely
ones of them, the whole sentences and their places: between anchors, the pairs that are likely and each other's best.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from consistency import lexicon
from consistency.model import Sentence
from consistency.text import Token, fold_typography, tokenize

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Indices = npt.NDArray[np.intp]

WORDS = (
    "exclusive",  # share of a sentence's words that no other sentence of the other side has; the smaller of both sides
    "covered",  # share of a sentence's words that the other has, or has a related word for; the larger of both sides
    "cosine",  # of weighted stems
    "shared",  # weight of the shared stems
    "common",  # log of the number of shared content stems that are no names
    "rarest",  # weight of the rarest shared stem that is no name
    "numbers",  # weight of the shared numbers
    "quoted",  # Jaccard index of the words inside quote marks
    "margin",  # coverage of both sides together, over that of the best rival in row and column
    "edge",  # the same over the weaker of these two rivals
    "diagonal",  # the better cosine of the pairs (previous, previous) and (next, next)
    "beside",  # the best cosine of one of the two with a neighbour of the other
    "repeats",  # how much of each was said before in its own article
    "leads",  # 1 where both are the first of their article
    "size",  # log of how many pairs of sentences there are
)
LIKELY = (
    "letters",  # Indel similarity of the sorted stems (token sort ratio)
    "near",  # closeness to where the nearest anchors of one side lead on the other, from both sides
    "between",  # of the two sides, those whose nearest anchors lie around the pair
    "tight",  # the same with at most two sentences between these anchors
)
SIMILAR = ("similarity",)  # what a similarity from outside says
_COMMON_WEIGHT = 0.03
_LETTERS = 2_000  # letters of a sentence that are compared
_CONTENT_WEIGHT = 0.1
_RELATED = 0.6  # a related word counts for this much of the same word
_JOINS = 400  # a stem in more pairs of sentences does not bring two together; where others do it counts
_LIKELY = 0.02  # less likely pairs have no second look,
_ALIKE = 0.5  # unless a similarity from outside is at least this
_ANCHOR = 0.3  # how likely an anchor is
_REACH = 2.0  # sentences after which closeness to an anchor's place fades
_TIGHT = 3  # sentences from one anchor to the next


@attrs.frozen(eq=False)
class Pairs:
    """Pairs of sentences: ``left`` and ``right`` indices, and one row of signals a pair, a column for each name."""

    left: Indices
    right: Indices
    names: tuple[str, ...]
    signals: Vector


@attrs.frozen(eq=False)
class Texts:
    """The stems of both lists of sentences, counted; a stem weighs what it is rare in news and in the two articles."""

    left: tuple[Counter[str], ...]
    right: tuple[Counter[str], ...]
    quoted: tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]
    weights: Mapping[str, float]
    names: frozenset[str]  # stems with a capital wherever they stand, and not only at the start; and numbers
    similarity: Vector | None = None  # a row for each left sentence, a column for each right one

    @classmethod
    def read(cls, left: Sequence[Sentence], right: Sequence[Sentence], similarity: Vector | None = None) -> Texts:
        """Return the texts of the sentences of both sides.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).left
        (Counter({'rain': 1, 'fall': 1}),)
        """
        tokens = [[tokenize(s.text, s.start) for s in side] for side in (left, right)]
        sides = [tuple(Counter(token.stem for token in sentence) for sentence in side) for side in tokens]
        quoted = [tuple(_read_quoted(s) for s in side) for side in (left, right)]
        total = len(left) + len(right) + 1
        frequency = Counter(itertools.chain.from_iterable(itertools.chain(*sides)))
        weights = {}
        for word, count in frequency.items():
            rarity = lexicon.rarity(word)
            local = max(0.05, math.log(total / (count + 0.5)) / math.log(total))
            weights[word] = (rarity if rarity >= lexicon.CONTENT else _COMMON_WEIGHT) * local
        names = _find_names(itertools.chain(*tokens))
        return cls(sides[0], sides[1], (quoted[0], quoted[1]), weights, names, similarity)

    @property
    def sides(self) -> tuple[tuple[Counter[str], ...], tuple[Counter[str], ...]]:
        """Left and right."""
        return self.left, self.right

    def weigh(self, words: Iterable[str]) -> float:
        """Return the weight of all the words together.

        >>> Texts.read([Sentence(0, 0, 10, "Rain fell.")], []).weigh([])
        0
        """
        return sum(self.weights[word] for word in words)


def _find_names(sentences: Iterable[Sequence[Token]]) -> frozenset[str]:
    inside, small = set[str](), set[str]()
    for tokens in sentences:
        speaks = any(token.text[0].islower() for token in tokens)  # a line of capitals tells no names
        for k, token in enumerate(tokens):
            if token.text[0].isdigit() or (k and speaks and token.text[0].isupper()):
                inside.add(token.stem)
            elif not token.text[0].isupper():
                small.add(token.stem)
    return frozenset(inside - small)


def _read_quoted(sentence: Sentence) -> frozenset[str]:
    """Return the stems inside quote marks, of those that the sentence has as it is written."""
    parts = fold_typography(sentence.text).split('"')[1::2]
    stems = {token.stem for token in tokenize(sentence.text, sentence.start)}
    return frozenset(token.stem for part in parts for token in tokenize(part)) & stems


def measure(texts: Texts) -> Pairs:
    """Return the signals of ``WORDS`` for all pairs that have a word, or related words, in common.

    >>> rain = Sentence(0, 0, 10, "Rain fell.")
    >>> measure(Texts.read([rain], [rain])).signals.shape == (1, len(WORDS))
    True
    """
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
    is_plain = np.array([x not in texts.names for x in vocabulary], float)
    rarest = np.zeros(len(found))
    np.maximum.at(rarest, at, weight * is_plain[word])
    cosine = total(at, weight**2 * np.log1p(times_left) * np.log1p(times_right)) / (norm_left[left] * norm_right[right])
    both = (covered_left + covered_right) / (mass_left[left] + mass_right[right])
    over_row, over_column = both - _find_rival(left, both), both - _find_rival(right, both)
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
        "shared": shared,
        "common": np.log1p(total(at, is_plain[word] * (weight > _CONTENT_WEIGHT))),
        "rarest": rarest,
        "numbers": total(at, weight * is_number[word]),
        "quoted": np.array([_jaccard(texts, x, y) for x, y in zip(left.tolist(), right.tolist(), strict=True)]),
        "margin": np.minimum(over_row, over_column),
        "edge": np.maximum(over_row, over_column),
        "diagonal": np.maximum(beside(-1, -1), beside(1, 1)),
        "beside": np.max([beside(-1, 0), beside(1, 0), beside(0, -1), beside(0, 1)], axis=0),
        "repeats": repeats_left[left] + repeats_right[right],
        "leads": np.where((left == 0) & (right == 0), 1.0, 0.0),
        "size": np.full(len(found), math.log(max(n * m, 1))),
    }
    return Pairs(left, right, WORDS, np.stack([columns[name] for name in WORDS], axis=1))


def refine(texts: Texts, pairs: Pairs, scores: Vector) -> Pairs:
    """Return the likely ones of the pairs, by their probabilities, with the signals of ``LIKELY`` beside theirs.

    Where the texts have a similarity, similar pairs are likely too, and the signal of ``SIMILAR`` comes last.

    >>> import numpy as np
    >>> texts = Texts.read(2 * [Sentence(0, 0, 10, "Rain fell.")], [Sentence(0, 0, 10, "Rain fell.")])
    >>> refine(texts, measure(texts), np.array([0.9, 0.01])).signals.shape == (1, len(WORDS + LIKELY))
    True
    """
    import numpy as np

    anchors = _find_anchors(pairs, scores)
    likely = scores >= _LIKELY
    if texts.similarity is not None:
        likely |= texts.similarity[pairs.left, pairs.right] >= _ALIKE
    left, right = pairs.left[likely], pairs.right[likely]
    places = np.array(_place(left, right, anchors[0])) + np.array(_place(right, left, anchors[1]))
    names, columns = pairs.names + LIKELY, [pairs.signals[likely], _compare_letters(texts, left, right), *places]
    if texts.similarity is not None:
        names, columns = names + SIMILAR, [*columns, texts.similarity[left, right]]
    return Pairs(left, right, names, np.column_stack(columns))


def _compare_letters(texts: Texts, left: Indices, right: Indices) -> Vector:
    import numpy as np
    from rapidfuzz import fuzz, process

    ours, theirs = ([" ".join(sorted(words.elements()))[:_LETTERS] for words in side] for side in texts.sides)
    pairs = [ours[i] for i in left.tolist()], [theirs[j] for j in right.tolist()]
    return process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float64) / 100


Anchors = Sequence[tuple[int, int]]  # places of this side and of the other, in the order of this side


def _find_anchors(pairs: Pairs, scores: Vector) -> tuple[Anchors, Anchors]:
    """Return the likely pairs that are each other's best, in the order of the left and of the right."""
    import numpy as np

    of_left: dict[int, int] = {}
    of_right: dict[int, int] = {}
    rounded = scores.round(6)  # both directions must see the same ties
    for row in np.lexsort((pairs.left + pairs.right, -rounded)).tolist():
        i, j = int(pairs.left[row]), int(pairs.right[row])
        if rounded[row] < _ANCHOR:
            break
        if i not in of_left and j not in of_right:
            of_left[i], of_right[j] = j, i
    return sorted(of_left.items()), sorted(of_right.items())


def _place(here: Indices, there: Indices, anchors: Anchors) -> tuple[Vector, Vector, Vector]:
    """Return near, between and tight of the pairs, seen from one side."""
    import numpy as np

    if not anchors:
        return np.zeros(len(here)), np.zeros(len(here)), np.zeros(len(here))
    ours, theirs = np.array(anchors).T
    before = np.searchsorted(ours, here, "left") - 1  # a sentence is no anchor of its own
    after = np.searchsorted(ours, here, "right")
    has_before, has_after = before >= 0, after < len(ours)
    after = np.minimum(after, len(ours) - 1)
    from_before = np.where(has_before, np.abs(there - theirs[before] - (here - ours[before])), np.inf)
    from_after = np.where(has_after, np.abs(there - theirs[after] - (here - ours[after])), np.inf)
    follows, precedes = ~has_before | (theirs[before] <= there), ~has_after | (there <= theirs[after])
    between = follows & precedes & (has_before | has_after)
    gap = theirs[after] - theirs[before]
    tight = between & has_before & has_after & (gap >= 0) & (gap <= _TIGHT)
    return np.exp(-np.minimum(from_before, from_after) / _REACH), between.astype(float), tight.astype(float)


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


def _jaccard(texts: Texts, i: int, j: int) -> float:
    one, other = texts.quoted[0][i], texts.quoted[1][j]
    if not (one and other):
        return 0.0
    return texts.weigh(one & other) / (texts.weigh(one | other) + 1e-9)
